// All checks and tests, one after the other, whatever fails; the last line says how many passed and failed.
import { mkdir, readFile, rm } from 'node:fs/promises'
import { ensureBrowser } from './browser.mjs'
import { run } from './run.mjs'

const RESULTS = 'node_modules/.cache/jiangshen/results'

const checks = [
  ['types', 'vue-tsc', ['-b']],
  ['lint (oxlint)', 'oxlint', ['--deny-warnings']],
  ['lint (eslint)', 'eslint', ['.', '--max-warnings', '0']],
  ['walls', 'depcruise', ['--config', '.dependency-cruiser.cjs', 'src', 'mock-server']],
  ['unused code', 'knip', []],
  ['build', 'node', ['scripts/build.mjs', '--fresh']],
  ['size', 'node', ['scripts/size.mjs']],
  ['foreign addresses', 'node', ['scripts/addresses.mjs']],
  ['supply chain', 'node', ['scripts/supply.mjs']],
]

const total = { passed: 0, failed: 0 }
const summary = []

await rm(RESULTS, { recursive: true, force: true })
await mkdir(RESULTS, { recursive: true })

await step('browser', async () => {
  try {
    process.env.CHROMIUM = ensureBrowser()
    return one(true)
  } catch (error) {
    console.error(error.message)
    return one(false)
  }
})
for (const [name, command, args] of checks) await step(name, async () => one(await run(command, args)))
await step('tests (vitest)', vitest)
await step('journeys (playwright)', playwright)

console.log(`\n${summary.join('\n')}\n`)
console.log(`${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed === 0 ? 0 : 1

async function step(name, work) {
  console.log(`\n── ${name}`)
  const began = Date.now()
  const { passed, failed } = await work()
  total.passed += passed
  total.failed += failed
  summary.push(`${failed === 0 ? '✓' : '✗'} ${name}: ${passed} passed, ${failed} failed (${Math.round((Date.now() - began) / 1000)} s)`)
}

function one(good) {
  return good ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}

async function vitest() {
  const file = `${RESULTS}/vitest.json`
  const good = await run('vitest', ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`])
  const counts = await read(file, (report) => ({
    passed: report.numPassedTests,
    failed: report.numFailedTests + skipped(report.numPendingTests + report.numTodoTests),
  }))
  return atLeastOneFailure(good, counts)
}

async function playwright() {
  const file = `${RESULTS}/playwright.json`
  const good = await run('playwright', ['test', '--reporter=list,json'], { env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file } })
  const counts = await read(file, ({ stats }) => ({ passed: stats.expected, failed: stats.unexpected + stats.flaky + skipped(stats.skipped) }))
  return atLeastOneFailure(good, counts)
}

/**
 * A test that is skipped shows nothing: where everything must be there (CI), it counts as failed. On a developer's machine
 * without LibreOffice it is only said.
 */
function skipped(count) {
  if (count > 0 && !process.env.CI) console.log(`${count} 项测试没有运行（缺少 LibreOffice：Debian 软件包 libreoffice-writer）。`)
  return process.env.CI ? count : 0
}

/** A tool that broke off before or after its tests failed, even if every test that ran has passed. */
function atLeastOneFailure(good, counts) {
  return good ? counts : { ...counts, failed: Math.max(1, counts.failed) }
}

async function read(file, count) {
  try {
    return count(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    console.error(`No result in ${file}: ${error.message}`)
    return one(false)
  }
}
