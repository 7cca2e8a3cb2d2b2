import { expect, test } from 'vitest'
import { label } from '../../src/documents/cells'
import { tableOf } from '../../src/documents/layout'

const spans = (rows: Parameters<typeof tableOf>[0]) => {
  const table = tableOf(rows)
  return { columns: table.columns, cells: table.rows.map(({ cells }) => cells.map(({ colSpan, rowSpan }) => [colSpan, rowSpan])) }
}

test('every edge of a cell becomes a column', () => {
  expect(spans([{ cells: [label('a', 20), label('b', 80)] }, { cells: [label('c', 50), label('d', 50)] }])).toEqual({
    columns: [20, 30, 50],
    cells: [
      [
        [1, 1],
        [2, 1],
      ],
      [
        [2, 1],
        [1, 1],
      ],
    ],
  })
})

test('rows go round the cells that reach into them from above, on the left, in the middle and on the right', () => {
  const table = [
    { cells: [label('left', 10, 3), label('a', 20), label('middle', 10, 2), label('b', 20), label('right', 40, 3)] },
    { cells: [label('c', 20), label('d', 20)] },
    { cells: [label('e', 50)] },
  ]
  expect(spans(table).columns).toEqual([10, 20, 10, 20, 40])
  expect(spans(table).cells[2]).toEqual([[3, 1]])
})

test('a row that is too narrow is a mistake in the form', () => {
  expect(() => tableOf([{ cells: [label('a', 100)] }, { cells: [label('b', 90)] }])).toThrow(RangeError)
})
