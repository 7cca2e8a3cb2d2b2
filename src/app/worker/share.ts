/** Photos that another app shares with this one wait in a cache until the page /share has asked where they belong. */

export const SHARE_ADDRESS = '/share'
/** Read by the page /share: one entry per file, its type and its name (URI-encoded) in headers. */
const SHARED = 'jiangshen-share'

/** Keeps the files of the share target's form and leads to the page that shows them. */
export async function keepShared(request: Request): Promise<Response> {
  const form = await request.formData()
  const cache = await caches.open(SHARED)
  const files = form.getAll('photos').filter((part) => part instanceof File)
  for (const file of files) {
    const headers = { 'content-type': file.type, 'x-name': encodeURIComponent(file.name), 'x-at': new Date().toISOString() }
    await cache.put(`/share/${crypto.randomUUID()}`, new Response(file, { headers }))
  }
  return Response.redirect(SHARE_ADDRESS, 303)
}
