/** Fills a form as its user does: step by step, by the labels of the annex, with the answers of a sample. */
import { expect, type Locator, type Page } from '@playwright/test'
import type { AnyAnswers } from '../../../src/domain/answers'
import type { Call } from '../../../src/domain/calls/call'
import { formOf } from '../../../src/domain/forms'
import { fieldNames, isAsked, type Address, type Field, type Fields, type Item, type Material, type RowsField } from '../../../src/domain/forms/kinds'
import type { Sample } from '../../support/samples'

type Place = Page | Locator

/** What a journey does in a slot itself, in place of the sample's files. */
export type Instead = Readonly<Record<string, (group: Locator) => Promise<void>>>

/** From the first step to the last, ending on the check page. */
export async function fillForm(page: Page, sample: Sample, call: Call, instead: Instead = {}): Promise<void> {
  const { steps } = formOf(sample.award)
  for (const [i, step] of steps.entries()) {
    await expect(page.getByRole('heading', { level: 1, name: step.title, exact: true })).toBeVisible()
    await fillStep(page, sample, call, step.id, instead)
    await page.getByRole('button', { name: i === steps.length - 1 ? '检查与提交' : '下一步', exact: true }).click()
  }
  await expect(page.getByRole('heading', { level: 1, name: '检查与提交' })).toBeVisible()
}

export async function fillStep(page: Page, sample: Sample, call: Call, stepId: string, instead: Instead = {}): Promise<void> {
  const form = formOf(sample.award)
  const answers = sample.answers(call)
  const step = form.steps.find(({ id }) => id === stepId)
  for (const item of step?.items ?? []) await fillItem(page, page, form.fields, item, answers, sample, instead)
}

async function fillItem(page: Page, place: Place, fields: Fields, item: Item, answers: AnyAnswers, sample: Sample, instead: Instead = {}): Promise<void> {
  const inside = typeof item === 'string' ? place : place.getByRole('group', { name: item.group, exact: true })
  for (const name of fieldNames({ items: [item] })) {
    const field = fields[name]
    if (!field || field.kind === 'derived' || !isAsked(field, answers)) continue
    const value = answers[name]
    if (value === undefined) continue
    if (field.kind === 'rows') await fillRows(page, field, value as AnyAnswers[], sample)
    else if (field.kind === 'photos') {
      const group = slotGroup(page, field.label)
      await (instead[name] ? instead[name](group) : addFiles(group, name, value as Material[], sample))
    }
    else await fillField(inside, field, value)
  }
}

async function fillField(place: Place, field: Field, value: unknown): Promise<void> {
  const control = place.getByLabel(field.label, { exact: true })
  switch (field.kind) {
    case 'choice':
    case 'choices': {
      const labels = field.options.filter((option) => [value].flat().includes(option.value)).map(({ label }) => label)
      if (field.kind === 'choice' && field.options.length > 6) return void (await control.selectOption(labels[0] ?? ''))
      for (const label of labels) await control.getByLabel(label, { exact: true }).check()
      return
    }
    case 'yesNo':
      return control.getByLabel(value ? '是' : '否', { exact: true }).check()
    case 'declaration':
      return control.check()
    case 'address':
      await place.getByLabel('所在地区').selectOption((value as Address).region)
      return control.fill((value as Address).detail)
    case 'month':
      if (value === 'now') return place.getByRole('button', { name: '至今', exact: true }).click()
      return control.fill(String(value))
    default:
      return control.fill(String(value))
  }
}

async function fillRows(page: Page, field: RowsField, rows: AnyAnswers[], sample: Sample): Promise<void> {
  const table = page.getByRole('group', { name: field.label, exact: true })
  for (const [i, row] of rows.entries()) {
    await table.getByRole('button', { name: '添加一行' }).click()
    const card = table.getByRole('group', { name: `第${i + 1}行`, exact: true })
    for (const item of field.items ?? Object.keys(field.columns)) await fillItem(page, card, field.columns, item, row, sample)
  }
}

/** The slot for photos or files with the annex's label. */
export const slotGroup = (page: Page, label: string) => page.getByRole('group', { name: label, exact: true })

export interface PickedFile {
  name: string
  mimeType: string
  buffer: Buffer
}

/** Picks one file from the album and waits until the draft has it as its `count`th. */
export async function addFile(group: Locator, file: PickedFile | string, count: number): Promise<void> {
  await group.locator('input[data-from="album"]').last().setInputFiles(file)
  await expect(group.locator('.photo')).toHaveCount(count, { timeout: 30_000 })
}

async function addFiles(group: Locator, slot: string, materials: Material[], sample: Sample): Promise<void> {
  for (const [i, material] of materials.entries()) {
    await addFile(group, await picked(sample, slot, material.id), i + 1)
    if (material.caption && !slot.startsWith('portrait')) await group.getByLabel(`第${i + 1}张的说明`).fill(material.caption)
    if (material.proves) {
      const proves = group.getByLabel(`第${i + 1}张证明哪一项`)
      if (await proves.count()) await proves.selectOption(material.proves)
    }
  }
}

/** A file of the sample as the album hands it over. */
export async function picked(sample: Sample, slot: string, id: string): Promise<PickedFile> {
  const found = sample.files.find((file) => file.slot === slot && file.id === id)
  if (!found) throw new Error(`The sample has no file ${slot}/${id}`)
  const { type, name = type === 'application/pdf' ? '材料.pdf' : '照片.jpg' } = found.file
  return { name, mimeType: type, buffer: Buffer.from(await found.bytes()) }
}
