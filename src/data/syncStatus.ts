import { reactive, readonly } from 'vue'

/** Apart from the drain itself, which is only loaded once the page stands. The drain writes here, and what other tabs say. */
export const status = reactive({
  running: false,
  /** Another tab is sending. */
  elsewhere: false,
  /** A sentence when the last round failed, else empty. */
  trouble: '',
  /** The session has ended: drafts stay, sending waits for signing in again. */
  signInNeeded: false,
  /** ms, phone's clock: when the next round begins by itself. */
  nextTry: 0,
  /** ms, phone's clock: when a whole round last succeeded; 0 where none has. */
  succeededAt: 0,
})
export const syncStatus = readonly(status)
