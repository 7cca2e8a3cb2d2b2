/** Runs both and prints what was measured, as it stands in docs/reliability.md. */
import { runPartitions, HEALED_WITHIN, type Round } from './partitions'
import { startPlain } from './plain'
import { measurePlain, measureResent, type Line, type Resent, type ResentRun } from './resent'
import { startServer } from './server'

export interface Options {
  rounds: number
  files: number
  seed: number
  /** Also the libraries as they come, and a line with a delay. */
  compare: boolean
}

const CUTS = 10
const plainLine: Line = { rate: Infinity, latency: 0 }
/** A good mobile line: 8 Mbit/s upwards, 40 ms there and back. */
const mobile: Line = { rate: 1_000_000, latency: 20 }

/** @returns whether nothing was stuck, wrong or sent twice beyond the limit */
export async function main({ rounds, files, seed, compare }: Options, say: (line: string) => void): Promise<boolean> {
  const server = await startServer()
  const plain = compare ? await startPlain() : null
  try {
    say(`seed ${seed}`)
    const trial = { rounds, seed, lasts: 8000, photos: 5, atOnce: 4 }
    const partitions = await runPartitions(server, trial, (round) => say(lineOf(round)))
    for (const line of partitions.length > 0 ? healing(partitions) : []) say(line)
    if (files === 0) return partitions.every(isFine)
    say('')
    say('| uploader | line | files | cuts | sent twice, median | p95 | all beyond the file, median | wrong hashes |')
    say('| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |')
    const run: ResentRun = { files, cuts: CUTS, seed, sizes: [1_000_000, 3_000_000], line: plainLine, atOnce: 4 }
    const cut = await measureResent(server, run)
    say(row('ours', 'cuts only', cut))
    if (plain) {
      say(row('plain tus, 256 KiB', 'cuts only', await measurePlain(plain, run)))
      const onMobile = { ...run, files: Math.ceil(files / 4), line: mobile }
      say(row('ours', '8 Mbit/s, 20 ms each way', await measureResent(server, onMobile)))
      say(row('plain tus, 256 KiB', '8 Mbit/s, 20 ms each way', await measurePlain(plain, onMobile)))
    }
    return partitions.every(isFine) && median(cut.map(({ again }) => again)) <= 0.05 && cut.every(({ wrong }) => !wrong)
  } finally {
    await server.stop()
    await plain?.stop()
  }
}

export const isFine = ({ healedAfter, wrong, left }: Round) =>
  healedAfter !== null && healedAfter <= HEALED_WITHIN && wrong === 0 && left.length === 0

function lineOf({ seed, healedAfter, wrong, left, faults }: Round): string {
  const outcome = healedAfter === null ? 'STUCK' : `empty after ${(healedAfter / 1000).toFixed(1)} s, ${wrong} wrong`
  return `round ${seed}: ${outcome}${left.length > 0 ? ` [${faults.join(', ')}] ${left.join('; ')}` : ''}`
}

function healing(rounds: readonly Round[]): string[] {
  const times = rounds.flatMap(({ healedAfter }) => (healedAfter === null ? [] : [healedAfter / 1000]))
  const stuck = rounds.length - times.length
  const late = times.filter((time) => time * 1000 > HEALED_WITHIN).length
  const faults = rounds.reduce((sum, round) => sum + round.faults.length, 0)
  const wrong = rounds.reduce((sum, round) => sum + round.wrong, 0)
  const seconds = [median(times), Math.max(...times)].map((time) => `${time.toFixed(1)} s`)
  const figures = [rounds.length, faults, ...seconds, late, stuck, wrong]
  return [
    '',
    '| rounds | faults | queue empty after healing, median | longest | later than 30 s | stuck | wrong hashes |',
    '| ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    `| ${figures.join(' | ')} |`,
  ]
}

function row(uploader: string, line: string, files: readonly Resent[]): string {
  const share = (value: number) => `${(value * 100).toFixed(2)} %`
  const again = files.map((file) => file.again)
  const cuts = files.reduce((sum, file) => sum + file.cuts, 0)
  const beyond = median(files.map((file) => file.beyond))
  const wrong = files.filter((file) => file.wrong).length
  const shares = [median(again), quantile(again, 0.95), beyond].map(share)
  return `| ${[uploader, line, files.length, cuts, ...shares, wrong].join(' | ')} |`
}

export const median = (values: readonly number[]) => quantile(values, 0.5)
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
