/**
 * A server in memory behind the port of src/data/wire.ts, with the real merge of the domain. `browser()` is one
 * browser's wire with a session of its own; `lose` and the other switches make the faults that a test is about.
 */
import { createHash, randomUUID } from 'node:crypto'
import type { Account, ServerInfo, SubmissionRefusal } from '../../src/domain/api'
import { assemble } from '../../src/domain/answers'
import { call2021 } from '../../src/domain/calls/2021'
import { callById } from '../../src/domain/calls'
import { blocksSubmission } from '../../src/domain/conflicts'
import { formOf } from '../../src/domain/forms'
import type { Award } from '../../src/domain/forms/kinds'
import { digestOf, submittedContent, type Receipt } from '../../src/domain/submission'
import {
  isSensitive, MAX_OPERATIONS, MAX_VALUE_LENGTH, merge, parsePath, rowOf, sameValue,
  type Conflict, type Json, type Operation, type PullRequest,
  type PushRequest, type Register, type Verdict,
} from '../../src/domain/sync'
import { Refused, Unreachable } from '../../src/data/failure'
import type { Upload, Wire } from '../../src/data/wire'
import type { ServedDevice, ServedDraft } from './fakeDraft'

type Call = keyof Wire
type Side = 'request' | 'answer'

export const refused = (status: number, code: string, message = '服务器没有接受', retryAfter?: number) =>
  new Refused(status, { code, message, trace: 'fake' }, retryAfter)
export const sha256Hex = (bytes: ArrayBuffer | string) =>
  createHash('sha256').update(typeof bytes === 'string' ? bytes : new Uint8Array(bytes)).digest('hex')

/** Throws what there is to throw. */
function thrown<R extends Error | null>(reason: R): R extends Error ? never : void
function thrown(reason: Error | null): void {
  if (reason) throw reason
}

export class FakeServer {
  now = Date.parse('2021-04-20T01:00:00Z')
  readonly drafts = new Map<string, ServedDraft>()
  readonly devices = new Map<string, ServedDevice>()
  /** Every request that arrived, in order. */
  readonly requests: { call: Call; operations?: Operation[] }[] = []
  /** Operations that had their one effect, in order. */
  readonly effects: Operation[] = []
  readonly uploads: string[] = []
  /** The last sign-in is fresh enough for what can't be taken back. */
  justSignedIn = true
  /** Versions in one page of a draft's history. */
  page = 200
  epoch = 'first'
  /** Refuses a whole push, as a proxy or a schema would. */
  refusePush: (request: PushRequest) => Refused | null = () => null
  /** Refuses one path by name, as an unknown or forbidden one. */
  rejectPath: (path: string) => boolean = () => false
  failUpload: (sha256: string) => Error | null = () => null
  failPreview: (sha256: string) => Error | null = () => null
  /** Runs between a request's arrival and its answer: what happens meanwhile on the phone or elsewhere. */
  meanwhile: Partial<Record<Call, () => Promise<void> | void>> = {}
  private readonly losses: { call: Call; side: Side }[] = []

  lose(call: Call, side: Side, times = 1): void {
    for (let i = 0; i < times; i++) this.losses.push({ call, side })
  }

  /** Faults that have not struck are taken back. */
  heal(): void {
    this.losses.length = 0
  }

  /** A browser with its own session, signed in as this account (or as nobody). */
  browser(account: Account | null = null): Wire & { session: Account | null } {
    const through = async <T>(call: Call, work: () => T | Promise<T>, operations?: Operation[]): Promise<T> => {
      if (this.lost(call, 'request')) throw new Unreachable('request lost')
      this.requests.push({ call, operations: operations && structuredClone(operations) })
      const answer = structuredClone(await work())
      const hook = this.meanwhile[call]
      delete this.meanwhile[call]
      await hook?.()
      if (this.lost(call, 'answer')) throw new Unreachable('answer lost')
      return answer
    }
    const self: Wire & { session: Account | null } = {
      session: account,
      info: () => through('info', (): ServerInfo => ({ call: call2021, now: this.at(), demonstration: true })),
      askCode: () => through('askCode', () => ({ request: randomUUID(), resendAfter: 60, code: '123456' })),
      signIn: (_request, phone) =>
        through('signIn', () => (self.session = { id: `account-${phone}`, name: phone.slice(-4), phone })),
      eraseAccount: () =>
        through('eraseAccount', () => {
          if (!this.justSignedIn) throw refused(403, 'sign-in-again', '请重新登录')
          const own = [...this.drafts].filter(([, { owner }]) => owner === self.session?.id)
          for (const [id] of own) this.drafts.delete(id)
          self.session = null
          return { erased: own.length, kept: [] }
        }),
      signOut: () => through('signOut', () => void (self.session = null)),
      whoAmI: () => through('whoAmI', () => self.session),
      push: (request) =>
        through('push', () => this.push(this.signedIn(self.session), structuredClone(request)), request.operations),
      pull: (request) => through('pull', () => this.pull(this.signedIn(self.session), request)),
      upload: (upload) => through('upload', () => this.upload(this.signedIn(self.session), upload)),
      sendPreview: (draft, sha256, buf) =>
        through('sendPreview', () => this.keepPreview(this.own(this.signedIn(self.session), draft), sha256, buf)),
      preview: (draft, sha256) => through('preview', () => this.own(this.signedIn(self.session), draft).previews.get(sha256) ?? missing()),
      confirmed: (draft, digests) =>
        through('confirmed', () => digests.filter((one) => this.own(this.signedIn(self.session), draft).files.has(one))),
      file: (draft, sha256) => through('file', () => this.own(this.signedIn(self.session), draft).files.get(sha256) ?? missing()),
      submit: (draft, body, key) => through('submit', () => this.submit(this.signedIn(self.session), draft, body, key)),
      withdraw: (draft) => through('withdraw', () => void (this.own(this.signedIn(self.session), draft).submission = null)),
      history: (draft, { path, before = Infinity }) =>
        through('history', () => {
          const all = this.own(this.signedIn(self.session), draft).history.filter((one) => (path ?? one.path) === one.path)
          const asked = all.filter(({ version }) => version < before).reverse()
          return { versions: asked.slice(0, this.page), more: asked.length > this.page }
        }),
      receipts: (draft) => through('receipts', () => this.own(this.signedIn(self.session), draft).receipts),
      lookUp: () => through('lookUp', () => ({ valid: false })),
      verify: () => through('verify', () => ({ valid: false })),
    }
    return self
  }

  /** What stands at a path; undefined where nothing does. */
  value(draft: string, path: string): Json | undefined {
    return this.drafts.get(draft)?.registers.get(path)?.value
  }

  at = () => new Date(this.now).toISOString()

  private lost(call: Call, side: Side): boolean {
    const i = this.losses.findIndex((loss) => loss.call === call && loss.side === side)
    return i >= 0 && this.losses.splice(i, 1).length > 0
  }

  private signedIn(account: Account | null): Account {
    if (!account) throw refused(401, 'signed-out', '登录已过期')
    return account
  }

  private own(account: Account, id: string): ServedDraft {
    const draft = this.drafts.get(id)
    return draft?.owner === account.id ? draft : missing()
  }

  private push(account: Account, request: PushRequest) {
    this.sameLife(request.epoch)
    thrown(this.refusePush(request))
    if (request.operations.length > MAX_OPERATIONS) throw refused(413, 'too-large')
    const device = this.devices.get(request.device) ?? { account: account.id, last: 0, verdicts: new Map<number, never>() }
    if (device.account !== account.id || (request.account ?? account.id) !== account.id) throw refused(403, 'device-of-another')
    this.devices.set(request.device, device)
    let expected = device.last + 1
    for (const { seq } of request.operations) if (seq > device.last && seq !== expected++) throw refused(409, 'gap')
    const verdicts = request.operations.map((operation): Verdict => {
      const before = device.verdicts.get(operation.seq)
      if (before && JSON.stringify(before.operation) !== JSON.stringify(operation)) throw refused(409, 'fork')
      if (before) return before.verdict
      const verdict = this.apply(account, request.device, operation)
      device.last = operation.seq
      device.verdicts.set(operation.seq, { operation, verdict: structuredClone(verdict) })
      return verdict
    })
    for (const { draft, conflict } of request.resolved ?? []) {
      const conflicts = this.drafts.get(draft)?.conflicts
      const i = conflicts?.findIndex(({ id }) => id === conflict) ?? -1
      if (i >= 0) conflicts?.splice(i, 1)
    }
    return { verdicts, now: this.at(), epoch: this.epoch }
  }

  private apply(account: Account, device: string, operation: Operation): Verdict {
    const { seq, draft: id, path, value, base } = operation
    if (path === '$draft' && !this.drafts.has(id)) this.begin(account, id, value as { award: Award; call: string })
    const draft = this.drafts.get(id)
    if (!draft || draft.owner !== account.id) return { seq, verdict: 'rejected', reason: 'unknown-draft' }
    const [current, row] = [draft.registers.get(path), draft.registers.get(rowOf(path) ?? '')]
    const shown = current && { current: { path, value: current.value, version: current.version, by: current.by, at: current.at } }
    const reason = this.rejection(draft, operation)
    if (reason) return { seq, verdict: 'rejected', reason, ...shown }
    const merged = merge({ path, value, base, device }, current, row)
    if (merged === 'same')
      return { seq, verdict: 'applied', version: current?.version ?? draft.revision, ...(sameValue(current?.value, value) ? {} : shown) }
    if (merged === 'apply') {
      const version = ++draft.revision
      const register: Register = { path, value, version, by: account.name, at: this.at() }
      draft.registers.set(path, { ...register, device, base })
      draft.history.push(register)
      this.effects.push(operation)
      return { seq, verdict: 'applied', version }
    }
    const before = draft.conflicts.find((one) => one.device === device && one.path === path && one.base === base)
    const against = merged === 'deleted' ? row : current
    const conflict: Conflict = {
      id: before?.id ?? randomUUID(),
      path,
      mine: value,
      by: account.name,
      at: this.at(),
      against: against?.version ?? 0,
      reason: merged,
    }
    draft.conflicts = [...draft.conflicts.filter((one) => one !== before), { ...conflict, device, base }]
    return { seq, verdict: 'conflict', conflict, ...shown }
  }

  /** Another epoch: these tables were restored from a backup. */
  private sameLife(epoch = this.epoch): void {
    if (epoch !== this.epoch) throw refused(409, 'restored')
  }

  private rejection({ form, registers }: ServedDraft, { path, value }: Operation) {
    if (!parsePath(form, path)) return 'unknown-path'
    if (this.rejectPath(path)) return 'forbidden'
    if (JSON.stringify(value).length > MAX_VALUE_LENGTH) return 'too-large'
    return value !== null && isSensitive(form, path) && !registers.get('$consent')?.value ? 'no-consent' : null
  }

  private begin({ id: owner }: Account, id: string, { award, call }: { award: Award; call: string }): void {
    const nothing = { revision: 0, registers: new Map(), history: [], conflicts: [], files: new Map(), previews: new Map() }
    this.drafts.set(id, { owner, form: formOf(award), call, ...nothing, submission: null, receipts: [], keys: new Map() })
  }

  private pull(account: Account, request: PullRequest) {
    const { device, cursors, epoch } = request
    this.sameLife(epoch)
    const known = this.devices.get(device)
    if ((known?.account ?? request.account ?? account.id) !== account.id) throw refused(403, 'device-of-another')
    const drafts = [...this.drafts].filter(([, { owner }]) => owner === account.id)
    return {
      now: this.at(),
      epoch: this.epoch,
      drafts: drafts.map(([id, { revision, registers, conflicts, submission }]) => ({
        id,
        revision,
        registers: [...registers.values()]
          .filter(({ version }) => version > (cursors[id] ?? 0))
          .sort((a, b) => a.version - b.version)
          .map(({ path, value, version, by, at }) => ({ path, value, version, by, at })),
        conflicts: conflicts.map(({ device: _, base: __, ...conflict }) => conflict),
        submission,
      })),
    }
  }

  private keepPreview({ previews }: ServedDraft, sha256: string, buf: ArrayBuffer): void {
    thrown(this.failPreview(sha256))
    previews.set(sha256, buf.slice(0))
  }

  private async upload(account: Account, { draft, sha256, buf, onUrl, onProgress }: Upload): Promise<void> {
    const { files } = this.own(account, draft)
    await onUrl(`/api/files/${sha256.slice(0, 8)}`)
    onProgress(buf.byteLength / 2)
    thrown(this.failUpload(sha256))
    if (sha256Hex(buf) !== sha256) throw refused(422, 'digest-differs')
    this.uploads.push(sha256)
    files.set(sha256, buf.slice(0))
    onProgress(buf.byteLength)
  }

  private async submit(account: Account, id: string, body: { revision: number; digest: string }, key: string): Promise<Receipt> {
    const draft = this.own(account, id)
    const repeated = draft.keys.get(key)
    if (repeated) return repeated
    const answers = assemble(draft.form, [...draft.registers].map(([path, { value }]) => [path, value] as const))
    const content = submittedContent(draft.form, draft.call, answers)
    const refuse = (code: SubmissionRefusal) => refused(409, code)
    if (this.now >= Date.parse(callById(draft.call)?.closesAt ?? '')) throw refuse('late')
    if (body.revision !== draft.revision) throw refuse('stale')
    if (draft.conflicts.some(({ path }) => blocksSubmission(draft.form, path))) throw refuse('conflicts')
    if (content.files.some(({ sha256 }) => !draft.files.has(sha256))) throw refuse('files-missing')
    if ((await digestOf(content, async (text) => sha256Hex(text))) !== body.digest) throw refuse('digest-differs')
    const number = `WX2021-T-TEST-${String(draft.receipts.length + 1).padStart(4, '0')}`
    const receipt: Receipt = {
      number, award: draft.form.award, call: draft.call, draft: id, ...body, at: this.at(),
      files: content.files.length,
      bytes: content.files.reduce((sum, { bytes }) => sum + bytes, 0),
      keyId: 'test',
      signature: 'unsigned',
    }
    draft.keys.set(key, receipt)
    draft.receipts.push(receipt)
    draft.submission = { receipt: number, revision: body.revision, at: receipt.at }
    return receipt
  }
}

const missing = () => thrown(refused(404, 'not-found', '没有找到'))
