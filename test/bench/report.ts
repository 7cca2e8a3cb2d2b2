/** Medians of all rounds as a table and as JSON. */
import type { Figures } from './measures'
import { figures, type Figure } from './goals'
import type { Subject } from './subjects'

export interface Report {
  at: string
  rounds: number
  /** Of this machine in the minute before: well above 1, the figures tell about its other work. */
  load: number
  conditions: string
  figures: {
    id: string
    label: string
    unit: string
    medians: Partial<Record<Subject['id'], number>>
    /** Ours divided by theirs. */
    toEmpty?: number
    toVue?: number
    goal?: string
    reached?: boolean
    note?: string
  }[]
}

type Samples = Partial<Record<Subject['id'], Figures[]>>

export function reportOf(samples: Samples, { at, load }: Pick<Report, 'at' | 'load'>): Report {
  const median = (of: Subject['id'], figure: string): number | undefined => {
    const values = (samples[of] ?? []).flatMap((round) => (Number.isFinite(round[figure]) ? [round[figure] as number] : []))
    return values.sort((a, b) => a - b)[Math.floor(values.length / 2)]
  }
  const goalOf = ({ id, goal }: Figure) => {
    if (!goal) return undefined
    if ('at' in goal) return { text: `≤ ${goal.at}`, limit: goal.at }
    const base = median(goal.of, goal.figure ?? id)
    const name = { vue: 'plain Vue', empty: 'empty page', plain: 'plain HTML', app: 'without photos' }[goal.of]
    return { text: `≤ ${goal.times} × ${name}${goal.figure && goal.of === 'vue' ? ', cold' : ''}`, limit: base === undefined ? Number.NaN : base * goal.times }
  }
  const ratio = (a?: number, b?: number) => (a === undefined || !b ? undefined : rounded(a / b))
  return {
    at,
    load,
    rounds: Math.max(...Object.values(samples).map((list) => list.length)),
    conditions: 'headless Chromium, CPU ÷ 4, 150 ms, 1.6 Mbit/s down, 750 kbit/s up; interleaved rounds, medians',
    figures: figures.map((figure) => {
      const ids = ['empty', 'plain', 'vue', 'app'] as const
      const medians = Object.fromEntries(ids.flatMap((id) => {
        const value = median(id, figure.id)
        return value === undefined ? [] : [[id, rounded(value)]]
      })) as Report['figures'][number]['medians']
      const goal = goalOf(figure)
      const ours = median('app', figure.id)
      return {
        id: figure.id,
        label: figure.label,
        unit: figure.unit,
        medians,
        toEmpty: ratio(ours, median('empty', figure.id)),
        toVue: ratio(ours, median('vue', figure.id)),
        ...(goal && { goal: goal.text, ...(ours !== undefined && !Number.isNaN(goal.limit) && { reached: ours <= goal.limit }) }),
        ...(figure.note && { note: figure.note }),
      }
    }),
  }
}

const rounded = (value: number) => (value >= 100 ? Math.round(value) : Number(value.toPrecision(3)))

export function tableOf({ figures: rows, rounds, load, conditions }: Report): string {
  const head = ['', 'unit', 'empty', 'HTML', 'Vue', 'ours', '÷ empty', '÷ Vue', 'goal', '']
  const cells = rows.map(({ label, unit, medians, toEmpty, toVue, goal, reached }) => [
    label,
    unit,
    ...[medians.empty, medians.plain, medians.vue, medians.app, toEmpty, toVue].map((value) => (value === undefined ? '–' : String(value))),
    goal ?? '',
    reached === undefined ? '' : reached ? '✓' : '✗',
  ])
  const widths = head.map((title, i) => Math.max(title.length, ...cells.map((row) => row[i]?.length ?? 0)))
  const line = (row: string[]) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line), '', `${rounds} rounds; ${conditions}; load before: ${load}`].join('\n')
}
