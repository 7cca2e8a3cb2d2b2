/** The plain page: the markup is in the file already; this script only adds rows, pictures and saving. */
import type { Draft, Values } from './form'
import { autosave, restore, shown, shrink } from './keep'

const pictures: ArrayBuffer[] = []
const all = <E extends Element>(selector: string, within: ParentNode = document) => [...within.querySelectorAll<E>(selector)]
const valuesIn = (within: ParentNode): Values =>
  Object.fromEntries(all<HTMLInputElement>('[data-field]', within).map((input) => [input.dataset.field ?? '', input.value]))

const changed = autosave((): Draft => {
  const tables = all<HTMLElement>('[data-table]')
  return {
    values: valuesIn(document.querySelector('#single') ?? document),
    rows: Object.fromEntries(tables.map((table) => [table.dataset.table ?? '', all('.row', table).map(valuesIn)])),
    pictures,
  }
})

function addRow(table: HTMLElement): HTMLElement | undefined {
  const row = table.querySelector('.row')?.cloneNode(true) as HTMLElement | undefined
  if (!row) return undefined
  for (const input of all<HTMLInputElement>('input', row)) input.value = ''
  table.querySelector('button')?.before(row)
  return row
}
function fill(within: ParentNode, values: Values): void {
  for (const input of all<HTMLInputElement>('[data-field]', within)) input.value = values[input.dataset.field ?? ''] ?? ''
}
function show(picture: ArrayBuffer): void {
  pictures.push(picture)
  const image = new Image()
  image.src = shown(picture)
  document.querySelector('#pictures')?.append(image)
}

document.addEventListener('input', changed)
for (const table of all<HTMLElement>('[data-table]'))
  table.querySelector('button')?.addEventListener('click', () => {
    addRow(table)
    changed()
  })
document.querySelector<HTMLInputElement>('#pick')?.addEventListener('change', async (event) => {
  const input = event.target as HTMLInputElement
  for (const file of input.files ?? []) show(await shrink(file))
  // So that the same photo can be picked once more.
  input.value = ''
  changed()
})

const draft = await restore()
if (draft) {
  fill(document.querySelector('#single') ?? document, draft.values)
  for (const table of all<HTMLElement>('[data-table]')) {
    const rows = draft.rows[table.dataset.table ?? ''] ?? []
    while (all('.row', table).length < rows.length) addRow(table)
    all('.row', table).forEach((row, i) => fill(row, rows[i] ?? {}))
  }
  draft.pictures.forEach(show)
}
document.body.dataset.ready = ''
