import { describe, expect, it } from 'vitest'
import { formOf } from '../../../src/domain/forms'
import type { Award } from '../../../src/domain/forms/kinds'
import { formVersionOf, migrate, migrations, type Migrations } from '../../../src/domain/forms/migrations'
import type { Json } from '../../../src/domain/sync'

const about = { call: '2021', award: 'technician', formVersion: 1 }
const draft = (answers: Record<string, Json> = {}, formVersion = 1) =>
  new Map<string, Json>([['$draft', { ...about, formVersion }], ...Object.entries(answers)])
const to = (version: number) => ({ award: 'technician' as const, version })

/** Versions that never were: 2 takes the title out of the post, 3 writes it in full. */
const table: Migrations = {
  studio: [],
  technician: [
    { to: 2, change: (values) => (values.has('post') ? [{ path: 'titleOfPost', value: values.get('post') ?? null }] : []) },
    { to: 3, change: (values) => [{ path: 'titleOfPost', value: `${String(values.get('titleOfPost') ?? '')}（高级技师）` }] },
  ],
}
const after = (values: ReadonlyMap<string, Json>, version: number) =>
  new Map([...values, ...migrate(values, to(version), table).map(({ path, value }) => [path, value] as const)])

describe('the tables of the real forms', () => {
  it.each(['studio', 'technician'] satisfies Award[])('of %s go one by one, up to the version that the form has', (award) => {
    const { version } = formOf(award)
    expect(migrations[award].map((step) => step.to)).toEqual(Array.from({ length: version - 1 }, (_, i) => i + 2))
  })

  it.each(['studio', 'technician'] satisfies Award[])('of %s leave a draft of today as it is', (award) => {
    const { version } = formOf(award)
    expect(migrate(new Map([['$draft', { ...about, award, formVersion: version }]]), formOf(award))).toEqual([])
  })
})

describe('a draft of an earlier form', () => {
  it('goes through every version in order, each seeing what the one before has left', () => {
    const edits = migrate(draft({ post: '数控车工' }), to(3), table)
    expect(edits).toEqual([
      { path: '$draft', value: { ...about, formVersion: 3 } },
      { path: 'titleOfPost', value: '数控车工（高级技师）' },
    ])
  })

  it('goes on from the version that it has', () => {
    const edits = migrate(draft({ post: '数控车工', titleOfPost: '车工' }, 2), to(3), table)
    expect(edits.map(({ value }) => value)).toEqual([{ ...about, formVersion: 3 }, '车工（高级技师）'])
  })

  it('comes out the same whether the versions are installed one by one or all at once', () => {
    const values = draft({ post: '数控车工' })
    expect(after(after(values, 2), 3)).toEqual(after(values, 3))
  })

  it('is done once: a second time there is nothing to do', () => {
    expect(migrate(after(draft({ post: '数控车工' }), 3), to(3), table)).toEqual([])
  })

  it('gives the same edits on two phones, and keeps what it does not know', () => {
    const values = draft({ post: '数控车工', 'medals/x1/karat': 24 })
    expect(migrate(values, to(3), table)).toEqual(migrate(new Map([...values].reverse()), to(3), table))
    expect(after(values, 3).get('medals/x1/karat')).toBe(24)
    expect(after(values, 3).get('post')).toBe('数控车工')
  })

  it('writes nothing but the version where a field already says what it should', () => {
    expect(migrate(draft({ post: '数控车工', titleOfPost: '数控车工' }), to(2), table)).toHaveLength(1)
  })

  it('keeps what else its first register says', () => {
    const values = new Map<string, Json>([['$draft', { ...about, from: 'import' }]])
    expect(migrate(values, to(2), table)).toEqual([{ path: '$draft', value: { ...about, from: 'import', formVersion: 2 } }])
  })
})

describe('a draft that cannot be migrated is left alone', () => {
  it.each([
    ['a newer form', { ...about, formVersion: 4 }],
    ['no version', { call: '2021', award: 'technician' }],
    ['a version in words', { ...about, formVersion: '1' }],
    ['an erased beginning', null],
  ])('because of %s', (_, value) => {
    expect(migrate(new Map<string, Json>([['$draft', value]]), to(3), table)).toEqual([])
  })

  it('because its beginning has not arrived yet', () => {
    expect(migrate(new Map([['post', '数控车工']]), to(3), table)).toEqual([])
    expect(formVersionOf(undefined)).toBeNull()
  })
})
