/** What was typed is text wherever it is written; the app's own pages are walked through in test/e2e/walls.test.ts. */
import { describe, expect, it } from 'vitest'
import { trustPage } from '../../mock-server/trust'
import { toDocx } from '../../src/documents/docx/toDocx'
import { documentsOf } from '../../src/documents/papers'
import { formOf } from '../../src/domain/forms'
import type { Field } from '../../src/domain/forms/kinds'
import { inputOf } from '../documents/fixtures'
import { partOf } from '../documents/unzip'
import { application, asking, begin, phoneOf, signIn } from '../mock-server/application'

const typed = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'-alert(1)-'",
  '</w:t></w:r><w:r><w:instrText>INCLUDETEXT "c:\\x"</w:instrText></w:r>',
  '<![CDATA[x]]>&lt;b&gt;&#60;',
  'javascript:alert(1)',
  '{{constructor.constructor("alert(1)")()}}',
  '=cmd|\'/C calc\'!A0',
] as const

describe.each(['studio', 'technician'] as const)('security 53: the Word files of a %s', (award) => {
  const everywhere = (text: string) =>
    Object.fromEntries(
      Object.entries(formOf(award).fields)
        .filter(([, { kind }]) => ['text', 'longText', 'phone', 'idNumber'].includes(kind))
        .map(([name]) => [name, text]),
    )
  it.each(typed)('hold %s as words', async (text) => {
    const answers = everywhere(text)
    expect(Object.keys(answers).length).toBeGreaterThan(5)
    let shown = 0
    for (const paper of documentsOf(award, inputOf(answers))) {
      const xml = partOf(await toDocx(paper), 'word/document.xml')
      shown += wordsOf(xml).split(text).length - 1
      // Markup of Word and nothing else: no element that somebody typed, no field instruction, no link.
      for (const [, name] of xml.matchAll(/<\/?([\w:]+)/g)) expect(name).toMatch(/^(w|wp|a|pic|r|wp14|w14|mc|o|v|m|wps|wpc|w15):/)
      expect(xml).not.toMatch(/<w:(instrText|hyperlink|fldSimple|altChunk)/)
    }
    expect(shown).toBeGreaterThan(3)
  })
  it('know the kinds of fields that take words', () => {
    const kinds = new Set(Object.values<Field>(formOf(award).fields).map(({ kind }) => kind))
    expect(kinds).toContain('text')
    expect(kinds).toContain('longText')
  })
})

const wordsOf = (xml: string) =>
  [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)]
    .map(([, words = '']) => words)
    .join('')
    .replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => ({ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' })[name] ?? '')

describe('security 53: the server', () => {
  it('never answers with a page that says what was sent', async () => {
    const server = await application()
    const person = await signIn(server)
    const text = '<script>alert(1)</script>'
    for (const url of [
      `/${encodeURIComponent(text)}`,
      `/api/${encodeURIComponent(text)}`,
      `/api/receipts/${encodeURIComponent(text)}`,
      `/api/drafts/${encodeURIComponent(text)}/history`,
      `/?q=${text}`,
    ]) {
      const { headers, body } = await asking(server.app)('GET', url, undefined, { accept: 'text/html' })
      expect(String(headers['content-type'])).not.toContain('html')
      expect(JSON.stringify(body)).not.toContain('<script>')
    }
    const phone = phoneOf(person)
    const draft = crypto.randomUUID()
    await phone.push([begin(draft), { draft, path: 'name', value: text }])
    const pulled = await server.app.inject({
      method: 'POST',
      url: '/api/sync/pull',
      headers: { cookie: person.cookie },
      payload: { device: phone.id, client: 1, cursors: {} },
    })
    expect(pulled.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(pulled.headers['x-content-type-options']).toBe('nosniff')
  })

  it('has one page of its own, and nothing of a request stands in it', () => {
    expect(trustPage.length).toBe(1)
    expect(trustPage('https://192.168.1.20:4000/')).toContain('href="https://192.168.1.20:4000/"')
  })
})
