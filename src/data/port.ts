/** The network as a port: the drain and the screens know these calls, tests put a fake in their place. */
import type { Account, CodeReply, ErasedAccount, ServerInfo } from '../domain/api'
import type { HistoryPage } from '../domain/history'
import type { PullReply, PullRequest, PushReply, PushRequest } from '../domain/sync'
import type { Receipt, Verification } from '../domain/submission'

export interface Upload {
  draft: string
  sha256: string
  type: string
  buf: ArrayBuffer
  /** Where an interrupted upload goes on. */
  url?: string
  /** Kept by the caller, so that a killed page resumes. */
  onUrl: (url: string) => Promise<void>
  onProgress: (sent: number) => void
  signal?: AbortSignal
}

/** Every call throws `Unreachable` (nothing or nonsense came back) or `Refused` (an error of the server's). */
export interface Wire {
  info(): Promise<ServerInfo>
  askCode(phone: string): Promise<CodeReply>
  signIn(request: string, phone: string, code: string): Promise<Account>
  signOut(): Promise<void>
  /** Who is signed in on this browser; null when nobody is. */
  whoAmI(): Promise<Account | null>
  /** Erases the account for good. @throws Refused 403 `sign-in-again` when the sign-in is too long ago */
  eraseAccount(): Promise<ErasedAccount>
  push(request: PushRequest): Promise<PushReply>
  pull(request: PullRequest): Promise<PullReply>
  upload(upload: Upload): Promise<void>
  /** A JPEG of at most 60 kB, ahead of its file. */
  sendPreview(draft: string, sha256: string, buf: ArrayBuffer): Promise<void>
  preview(draft: string, sha256: string): Promise<ArrayBuffer>
  /** Which of these files the server has, by their digests. */
  confirmed(draft: string, sha256: string[]): Promise<string[]>
  file(draft: string, sha256: string): Promise<ArrayBuffer>
  submit(draft: string, body: { revision: number; digest: string }, key: string): Promise<Receipt>
  withdraw(draft: string): Promise<void>
  /** Who wrote what and when, latest first. @param before a version */
  history(draft: string, asked: { path?: string; before?: number }): Promise<HistoryPage>
  receipts(draft: string): Promise<Receipt[]>
  lookUp(number: string): Promise<Verification>
  verify(receipt: unknown): Promise<Verification>
}
