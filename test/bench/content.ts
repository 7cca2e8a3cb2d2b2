/** What the drafts under measurement hold: the sample technician's answers, with more rows and pictures. */
import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { generateNKeysBetween } from 'fractional-indexing'
import type { Call } from '../../src/domain/calls/call'
import type { FileFacts } from '../../src/domain/forms/kinds'
import type { Json } from '../../src/domain/sync'
import { technicianSample } from '../support/samples'
import { form, type Values } from './pages/form'
import type { Seed } from './seed'

export interface Amount {
  /** Rows of experience; the other tables have five. */
  rows: number
  photos: number
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value))

/** Exactly 2000 characters of the sample's text. */
const longText = (call: Call) => textOf(technicianSample.answers(call).achievements).repeat(3).slice(0, 2000)

/** `count` rows out of those that the sample has. */
function rowsOf(call: Call, table: string, count: number): Values[] {
  const rows = (technicianSample.answers(call)[table] ?? []) as (Values & { id: string })[]
  return Array.from({ length: count }, (_, i) => {
    const { id: _id, ...cells } = rows[i % rows.length] ?? { id: '' }
    return cells
  })
}

const tablesOf = (call: Call, rows: number): [string, Values[]][] =>
  form.tables.map(({ name }) => [name, rowsOf(call, name, name === 'experience' ? rows : 5)])

/** For the comparison pages. */
export function fullValues(call: Call, rows: number): { values: Values; tables: Record<string, Values[]> } {
  const answers = technicianSample.answers(call)
  const values = Object.fromEntries(form.single.map(([name]) => [name, textOf(answers[name])]))
  return { values: { ...values, [form.long[0]]: longText(call) }, tables: Object.fromEntries(tablesOf(call, rows)) }
}

/** For the app: all registers of the draft, with as many photos as wanted in one slot. */
export async function fullRegisters(call: Call, { rows, photos }: Amount): Promise<Omit<Seed, 'draft'>> {
  const slots = ['achievementProofs', 'awardCerts', 'publications']
  const replaced = new Set([...form.tables.map(({ name }) => name), ...slots])
  const kept = technicianSample.registers(call).filter(({ path }) => !replaced.has(path.split('/')[0] ?? ''))
  const others = kept.filter(({ path }) => path !== form.long[0])
  const tables = tablesOf(call, rows).flatMap(([name, list]) => registersOfRows(name, list as Record<string, Json>[]))
  const taken = await Promise.all((await pictures(photos)).map(factsOf))
  const materials = taken.map(({ facts }, i) => ({ file: { ...facts } as Json, caption: `第 ${i + 1} 张`, proves: 'mastery' }))
  const samples = await Promise.all(
    technicianSample.files
      .filter(({ slot }) => !slots.includes(slot))
      .map(async ({ bytes }) => factsOf(Buffer.from(await bytes()).toString('base64'))),
  )
  return {
    registers: [...others, { path: form.long[0], value: longText(call) }, ...tables, ...registersOfRows('achievementProofs', materials)],
    files: [...taken, ...samples].map(({ facts, base64, thumbnail }) => ({ sha256: facts.sha256, type: facts.type, base64, thumbnail })),
  }
}

function registersOfRows(name: string, rows: Record<string, Json>[]): Seed['registers'] {
  const orders = generateNKeysBetween(null, null, rows.length)
  return rows.flatMap((row, i) => [
    { path: `${name}/b${i + 1}`, value: { order: orders[i] } },
    ...Object.entries(row).map(([column, value]) => ({ path: `${name}/b${i + 1}/${column}`, value })),
  ])
}

const drawn: string[] = []
/** Base64 of different JPEGs, 1280 × 960, about 170 kB: what the photo of a paper becomes on the phone. */
export async function pictures(count: number): Promise<string[]> {
  while (drawn.length < count) {
    const noise = await sharp(randomBytes(80 * 60 * 3), { raw: { width: 80, height: 60, channels: 3 } })
      .resize(1280, 960)
      .jpeg({ quality: 80 })
      .toBuffer()
    drawn.push(noise.toString('base64'))
  }
  return drawn.slice(0, count)
}

async function factsOf(base64: string): Promise<{ facts: FileFacts; base64: string; thumbnail: string }> {
  const bytes = Buffer.from(base64, 'base64')
  const { width, height } = await sharp(bytes).metadata()
  const thumbnail = await sharp(bytes).resize(320).jpeg({ quality: 75 }).toBuffer()
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { facts: { sha256, type: 'image/jpeg', bytes: bytes.length, width, height }, base64, thumbnail: thumbnail.toString('base64') }
}

/** The path of a photo of 4032 × 3024 as a phone's camera stores it. */
export async function cameraPhoto(): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'jiangshen-bench-')), 'camera.jpg')
  await sharp(randomBytes(1008 * 756 * 3), { raw: { width: 1008, height: 756, channels: 3 } })
    .resize(4032, 3024)
    .jpeg({ quality: 90 })
    .toFile(path)
  return path
}
