/** The printed tables. */
import { titles, type Check, type Tally } from './tally'

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? 0
}

/** Everything as text: tables in Markdown, as they stand in docs/reliability.md. */
export function reportOf({ counts, failures, recoveries, figures }: Tally): string {
  const lines = ['| killed | kills | recovery, median (ms) | longest (ms) |', '| --- | ---: | ---: | ---: |']
  let kills = 0
  for (const [kind, times] of [...recoveries].sort()) {
    kills += times.length
    lines.push(`| ${kind} | ${times.length} | ${Math.round(median(times))} | ${Math.round(Math.max(...times))} |`)
  }
  lines.push('', '| check | items | lost |', '| --- | ---: | ---: |')
  for (const check of Object.keys(titles) as Check[]) {
    const count = counts.get(check)
    if (count) lines.push(`| ${titles[check]} | ${count.checked} | ${count.lost} |`)
  }
  if (figures.size > 0) lines.push('', '| measured | n | median | largest |', '| --- | ---: | ---: | ---: |')
  for (const [name, values] of figures)
    lines.push(`| ${name} | ${values.length} | ${Math.round(median(values))} | ${Math.round(Math.max(...values))} |`)
  const items = [...counts.values()].reduce((sum, { checked }) => sum + checked, 0)
  lines.push('', `${kills} kills, ${items} items checked, ${failures.length} lost`)
  const said = new Map<string, number>()
  for (const { check, where, detail } of failures) {
    const times = (said.get(check + where) ?? 0) + 1
    said.set(check + where, times)
    // What breaks one thing often breaks the like of it: three of a kind tell enough.
    if (times <= 3) lines.push(`LOST ${titles[check]}\n     ${where}\n     ${detail}`)
  }
  return lines.join('\n')
}
