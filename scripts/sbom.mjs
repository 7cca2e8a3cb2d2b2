// A bill of materials (CycloneDX) of what runs in production, out of the lock file: `npm run sbom [-- FILE]`. Offline.
import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'

const file = process.argv[2] ?? 'sbom.cdx.json'
const args = ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--offline']
const options = { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, stdio: ['ignore', 'pipe', 'ignore'] }
const bill = JSON.parse(execFileSync('npm', args, options))
// The folder's name is nobody's business.
bill.metadata.component.name = 'jiangshen'
await writeFile(file, `${JSON.stringify(bill, null, 2)}\n`)
console.log(`${file}: ${bill.components.length} components`)
