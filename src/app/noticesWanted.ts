import { shallowRef } from 'vue'

/** What the app itself has to say is loaded once the page is in use, or when there is something to say. */
export const noticesWanted = shallowRef(false)
