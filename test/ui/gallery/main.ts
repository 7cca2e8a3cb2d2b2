import { createApp, type Component } from 'vue'
import { restoreAppearance, useAppearance } from '../../../src/ui/settings'
import '../../../src/ui/style.css'
import FieldsSheet from './FieldsSheet.vue'
import PhotosSheet from './PhotosSheet.vue'
import PiecesSheet from './PiecesSheet.vue'
import RowsSheet from './RowsSheet.vue'

/** Every component of src/ui on a page of its own: `?sheet=fields&award=studio&elder&theme=dark`. */
const asked = new URLSearchParams(location.search)
const sheets: Record<string, Component> = { fields: FieldsSheet, rows: RowsSheet, photos: PhotosSheet, pieces: PiecesSheet }

restoreAppearance()
useAppearance().choose({ elder: asked.has('elder'), theme: asked.get('theme') === 'dark' ? 'dark' : 'light' })
createApp(sheets[asked.get('sheet') ?? 'fields'] ?? FieldsSheet).mount('#app')
