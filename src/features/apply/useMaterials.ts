import { computed, onScopeDispose, reactive, ref, watch } from 'vue'
import type { Material } from '../../domain/forms/kinds'
import { useLive } from '../../data/live'
import { bytesOf, readUploads, storedThumbnails, thumbnailOf } from '../../data/materials'
import type { PhotoState } from '../../ui/photos/photoState'

/** What a slot's cards show beside the facts: small pictures as object URLs, and how far each file is. */
export function useMaterials(draft: () => string, materials: () => readonly Material[]) {
  /** Digest → object URL; released with the slot. */
  const urls = reactive(new Map<string, string>())
  const { value: uploads } = useLive(() => readUploads(draft()), new Map(), draft)

  watch(
    () => materials().flatMap(({ file }) => (file?.type === 'image/jpeg' ? [file] : [])),
    async (files) => {
      const wanted = files.filter(({ sha256 }) => !urls.has(sha256))
      const stored = await storedThumbnails(wanted.map(({ sha256 }) => sha256))
      for (const [sha256, picture] of stored) urls.set(sha256, URL.createObjectURL(picture))
      // Those of another phone come one by one, from the server.
      for (const file of wanted) {
        const picture = urls.has(file.sha256) ? null : await thumbnailOf(draft(), file)
        if (picture) urls.set(file.sha256, URL.createObjectURL(picture))
      }
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    for (const url of urls.values()) URL.revokeObjectURL(url)
    if (opened.value) URL.revokeObjectURL(opened.value)
  })

  const thumbnails = computed(() =>
    Object.fromEntries(materials().flatMap(({ id, file }) => (file && urls.has(file.sha256) ? [[id, urls.get(file.sha256) as string]] : []))),
  )
  const states = computed(() => Object.fromEntries(materials().map(({ id, file }) => [id, stateOf(file?.sha256)])))

  function stateOf(sha256: string | undefined): PhotoState {
    if (!sha256) return { at: 'keeping' }
    const upload = uploads.value.get(sha256)
    if (!upload || upload.state === 'confirmed') return { at: 'confirmed' }
    if (upload.state === 'refused') return { at: 'failed', why: upload.reason ?? '服务器没有接受这个文件，请换一张' }
    return upload.sent > 0 ? { at: 'sending', percent: (upload.sent / upload.bytes) * 100 } : { at: 'kept' }
  }

  const opened = ref('')
  /** The whole file as an object URL; the one before it is released. */
  async function open({ file }: Material): Promise<string> {
    if (!file) return ''
    const buf = await bytesOf(draft(), file)
    if (opened.value) URL.revokeObjectURL(opened.value)
    return (opened.value = URL.createObjectURL(new Blob([buf], { type: file.type })))
  }
  return { thumbnails, states, open }
}
