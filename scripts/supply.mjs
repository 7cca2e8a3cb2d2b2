// What is built upon: licences, exact versions, install scripts and checksums of everything in the lock file. Offline.
import { readFile } from 'node:fs/promises'

/** SPDX identifiers that the project's own licence goes with. */
const ALLOWED = new Set(
  ['MIT', 'Apache-2.0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'CC0-1.0', 'BlueOak-1.0.0', 'MPL-2.0'],
)
/** Loaded as files of their own, which anybody may replace (LGPL); or a licence that stands in the readme only. */
const EXCEPTIONS = [
  [/^libheif-js$/, 'LGPL-3.0'],
  [/^@img\/sharp-/, 'LGPL-3.0-or-later'],
  [/^combine-errors$/, 'MIT'],
]

const project = JSON.parse(await readFile('package.json', 'utf8'))
const { packages } = JSON.parse(await readFile('package-lock.json', 'utf8'))
const faults = []
let production = 0

for (const kind of ['dependencies', 'devDependencies'])
  for (const [name, version] of Object.entries(project[kind]))
    if (!isExact(version)) faults.push(`${name}: ${version} is not one version`)
for (const [name, version] of overridden(project.overrides))
  if (!isExact(version)) faults.push(`override ${name}: ${version} is not one version`)

for (const [place, locked] of Object.entries(packages)) {
  if (place === '') continue
  const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)
  const own = await manifestIn(place)
  if (locked.link || !isExact(locked.version ?? '')) faults.push(`${place}: no exact version`)
  if (!locked.integrity?.startsWith('sha512-')) faults.push(`${place}: no checksum`)
  if (locked.resolved) faults.push(`${place}: an address in the lock file`)
  if (own && own.version !== locked.version) faults.push(`${place}: ${own.version} is installed, ${locked.version} is locked`)
  if (hasScript(locked, own) && !isAllowedToRun(name, locked)) faults.push(`${place}: runs a script when it is installed`)
  if (locked.dev || locked.devOptional) continue
  production++
  const licence = licenceOf(name, own ?? {}, locked)
  if (!isAllowed(name, licence)) faults.push(`${place}: licence ${licence || 'unknown'}`)
}

for (const fault of faults) console.error(fault)
const outcome = faults.length === 0 ? 'licences, versions, checksums and scripts are as they should be' : `${faults.length} faults`
console.log(`${Object.keys(packages).length - 1} packages, ${production} of them in production: ${outcome}`)
process.exitCode = faults.length === 0 ? 0 : 1

function isExact(version) {
  return /^\d+\.\d+\.\d+(-[\w.-]+)?(\+[\w.]+)?$/.test(version)
}

function overridden(entries, path = '') {
  return Object.entries(entries ?? {}).flatMap(([name, value]) =>
    typeof value === 'string' ? [[path + name, value]] : overridden(value, `${path}${name} > `),
  )
}

/** Of another system's packages nothing is here. */
async function manifestIn(place) {
  try {
    return JSON.parse(await readFile(`${place}/package.json`, 'utf8'))
  } catch {
    return null
  }
}

function hasScript(locked, own) {
  return Boolean(locked.hasInstallScript) || ['preinstall', 'install', 'postinstall'].some((name) => own?.scripts?.[name])
}

/** Named in package.json, or of a system other than the one that servers run on and therefore never installed there. */
function isAllowedToRun(name, { optional, os, cpu }) {
  return project.allowScripts?.[name] === true || (optional && !(os?.includes('linux') && cpu?.includes('x64')))
}

function licenceOf(name, own, locked) {
  const told = own.license ?? own.licenses?.[0]?.type ?? locked.license ?? ''
  const text = typeof told === 'string' ? told : (told.type ?? '')
  return text || (EXCEPTIONS.find(([pattern]) => pattern.test(name))?.[1] ?? '')
}

/** An SPDX expression: one of what OR joins, all of what AND joins. */
function isAllowed(name, licence) {
  const good = (id) => ALLOWED.has(id) || EXCEPTIONS.some(([pattern, extra]) => extra === id && pattern.test(name))
  return licence.replace(/[()]/g, '').split(' OR ').some((part) => part.split(' AND ').every((id) => good(id.trim())))
}
