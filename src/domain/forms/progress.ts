/** How far a step is, without yup: the task list draws this before anything else is loaded. */
import type { AnyAnswers } from '../answers'
import { effectiveAnswer, fieldNames, isAsked, isEmpty, type Field, type Fields, type Form, type Material } from './kinds'

/** What keeps an application from being submitted (error), or only deserves a second look (warning). */
export interface Problem {
  /** A sync path: `employer`, `members/<row>/age`, `premises`. */
  path: string
  /** The annex's label; for a cell `大师工作室其他人员 第2行 年龄`. */
  label: string
  /** Step id. */
  step: string
  message: string
  severity: 'error' | 'warning'
  /** Nothing was answered yet; otherwise what was answered is wrong. */
  missing: boolean
}

/** 未开始 / 进行中 / 已完成 / 有问题 */
export type StepState = 'untouched' | 'started' | 'done' | 'problem'

export interface Progress {
  /** Of the asked ones, how many are answered. */
  answered: number
  /** Required answers that are asked, and optional tables that were begun. */
  asked: number
  /** Whether anything at all was answered, optional fields included. */
  touched: boolean
}

export function progressOf(form: Form, stepId: string, answers: AnyAnswers): Progress {
  const progress: Progress = { answered: 0, asked: 0, touched: false }
  const step = form.steps.find(({ id }) => id === stepId)
  for (const name of step ? fieldNames(step) : []) {
    const field = form.fields[name]
    if (!field || field.kind === 'derived' || !isAsked(field, answers)) continue
    const own = answers[name]
    // What follows another field was answered there.
    if (!isEmpty(own) && !(field.kind === 'declaration' && own === false)) progress.touched = true
    if (!field.required && !(field.kind === 'rows' && !isEmpty(own))) continue
    progress.asked += 1
    if (isAnswered(field, effectiveAnswer(form.fields, name, answers))) progress.answered += 1
  }
  return progress
}

/** @param problems those of the whole form or of this step; an empty list when they aren't known yet. */
export function stepState(form: Form, stepId: string, answers: AnyAnswers, problems: readonly Problem[]): StepState {
  if (problems.some(({ step, severity, missing }) => step === stepId && severity === 'error' && !missing)) return 'problem'
  const { answered, asked, touched } = progressOf(form, stepId, answers)
  if (!touched) return 'untouched'
  return answered === asked ? 'done' : 'started'
}

function isAnswered(field: Field, value: unknown): boolean {
  if (isEmpty(value)) return false
  if (field.kind === 'declaration') return value === true
  if (field.kind === 'photos') return Array.isArray(value) && value.some((photo: Material) => photo?.file !== undefined)
  if (field.kind !== 'rows') return true
  const rows = value as AnyAnswers[]
  return rows.length >= (field.min ?? 1) && rows.every((row) => isComplete(field.columns, row))
}

function isComplete(columns: Fields, row: AnyAnswers): boolean {
  return Object.entries(columns).every(
    ([name, column]) => !column.required || !isAsked(column, row) || !isEmpty(effectiveAnswer(columns, name, row)),
  )
}
