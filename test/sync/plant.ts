/** `npm run test:mutants [-- --histories 2000 --only TEXT --rare]`: plants each bug and counts the histories until it is caught. */
import { parseArgs } from 'node:util'
import { mutants, type Mutant } from './mutants'
import { bundled, databases, runProcess } from './runner'

const say = (line: string) => process.stdout.write(`${line}\n`)
const { values } = parseArgs({
  options: {
    histories: { type: 'string', default: '2000' },
    only: { type: 'string', default: '' },
    jobs: { type: 'string', default: '2' },
    rare: { type: 'boolean', default: false },
  },
})
const count = Number(values.histories)
const chosen = mutants.filter(({ name, rare = false }) => name.includes(values.only) && rare === values.rare)
const rows: { mutant: Mutant; needed: number | null; fault: string }[] = []
const db = await databases()
try {
  const left = [...chosen]
  await Promise.all(
    Array.from({ length: Number(values.jobs) }, async () => {
      for (let mutant = left.shift(); mutant; mutant = left.shift()) {
        const folder = await bundled(mutant)
        // Seeds come again, and with them the same drafts and devices: each bug has a database of its own.
        const url = await db.make()
        const { ran, found } = await runProcess(folder, url, { from: 1, count, first: true })
        const caught = found[0]
        if (caught && !caught.fault.startsWith('Violation')) throw new Error(`${mutant.name} broke the simulator: ${caught.fault}`)
        rows.push({ mutant, needed: caught ? ran : null, fault: caught?.fault.replace(/^Violation /, '') ?? `not caught in ${ran}` })
        say(`${caught ? '✓' : '✗'} ${mutant.name}: ${caught ? `${ran} histories, ${caught.fault.slice(0, 100)}` : `not caught in ${ran}`}`)
      }
    }),
  )
} finally {
  await db.stop()
}
say('\n| planted bug | file | histories | caught by |\n| --- | --- | ---: | --- |')
for (const { mutant } of chosen.map((mutant) => ({ mutant }))) {
  const row = rows.find((one) => one.mutant === mutant)
  say(`| ${mutant.name} | \`${mutant.file}\` | ${row?.needed ?? '—'} | ${row?.needed ? row.fault.split(':')[0] : 'nothing'} |`)
}
const missed = rows.filter(({ needed }) => needed === null).length
say(`\n${rows.length - missed} passed, ${missed} failed`)
process.exitCode = missed === 0 ? 0 : 1
