/** The pages under measurement and where each of them has the same things. */
import type { Call } from '../../src/domain/calls/call'
import { fullRegisters, fullValues, pictures, type Amount } from './content'
import type { Site } from './serve'
import type { Phone } from './visit'

export interface Subject {
  id: 'empty' | 'plain' | 'vue' | 'app'
  label: string
  origin: string
  /** Puts a complete draft on the phone, before the page itself is opened. */
  seed(phone: Phone, amount: Amount): Promise<void>
  /** Paths: of the first fields, the long text, a table, and a slot with pictures. */
  at: { first: string; long: string; rows?: string; photos?: string }
  /** Rows of the table in `at.rows`, each one element. */
  row: string
  thumbnails: string
  /** The file input of the slot. */
  pick: string
  worker: boolean
  sizeOf: Site['sizeOf']
}

const DRAFT = 'b3c1d8a0-0000-4000-8000-000000000001'

export function subjects(pages: Site, app: Site, call: Call): Subject[] {
  const page = (id: 'empty' | 'plain' | 'vue', label: string): Subject => ({
    id,
    label,
    origin: pages.origin,
    sizeOf: pages.sizeOf,
    at: { first: `/${id}.html`, long: `/${id}.html`, ...(id !== 'empty' && { rows: `/${id}.html`, photos: `/${id}.html` }) },
    row: '.row',
    thumbnails: '#pictures img',
    pick: '#pick',
    worker: false,
    async seed(phone, { rows, photos }) {
      const tab = await bare(phone, pages.origin)
      const { values, tables } = fullValues(call, rows)
      await tab.evaluate(([draft, list]) => window.seedPage(draft, list), [{ values, rows: tables }, await pictures(photos)] as const)
      await tab.close()
    },
  })
  return [
    page('empty', '空白页'),
    page('plain', '纯 HTML'),
    page('vue', '纯 Vue'),
    {
      id: 'app',
      label: '匠申',
      origin: app.origin,
      sizeOf: app.sizeOf,
      at: {
        first: `/apply/${DRAFT}/person`,
        long: `/apply/${DRAFT}/achievements`,
        rows: `/apply/${DRAFT}/experience`,
        photos: `/apply/${DRAFT}/evidence`,
      },
      row: '.rows .row',
      thumbnails: '.thumb img',
      pick: 'input[data-from=album]',
      worker: true,
      async seed(phone, amount) {
        const tab = await bare(phone, app.origin)
        // As text: Playwright's types follow every value of a register and don't come to an end.
        const seed = JSON.stringify({ draft: DRAFT, ...(await fullRegisters(call, amount)) })
        await tab.evaluate((text) => window.seedApp(JSON.parse(text)), seed)
        await tab.close()
      },
    },
  ]
}

/** A page of that origin with nothing but the seeding script on it. */
async function bare(phone: Phone, origin: string) {
  const page = await phone.context.newPage()
  await page.goto(`${origin}/seed.html`)
  await page.waitForFunction(() => 'seedApp' in window)
  return page
}
