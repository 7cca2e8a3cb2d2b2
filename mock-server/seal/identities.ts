import { and, eq, ne } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Form } from '../../src/domain/forms/kinds'
import type { Json } from '../../src/domain/sync'
import type { Queries } from '../db/connect'
import { drafts, identities } from '../db/schema'
import { identityDigest, identityKind, type IdentityKind } from './identity'
import type { MasterKeys } from './master'

/** Keeps the index at what stands; call it in the transaction that writes the register. */
export async function noteIdentity(
  tx: Queries,
  { current }: MasterKeys,
  { draft, form, path, value }: { draft: string; form: Form; path: string; value: Json },
): Promise<void> {
  const kind = identityKind(form, path)
  if (!kind) return
  const digest = identityDigest(current, form, path, value)
  if (digest)
    await tx
      .insert(identities)
      .values({ draft, kind, digest })
      .onConflictDoUpdate({ target: [identities.draft, identities.kind], set: { digest } })
  else await tx.delete(identities).where(and(eq(identities.draft, draft), eq(identities.kind, kind)))
}

/** Other drafts with the same number as this one, whoever's they are: for the review, which flags them. */
export async function draftsWithSame(tx: Queries, draft: string, kind: IdentityKind = 'id') {
  const own = alias(identities, 'own')
  return tx
    .select({ draft: drafts.id, award: drafts.award, call: drafts.call, submitted: drafts.submitted })
    .from(own)
    .innerJoin(identities, and(eq(identities.kind, own.kind), eq(identities.digest, own.digest), ne(identities.draft, own.draft)))
    .innerJoin(drafts, eq(drafts.id, identities.draft))
    .where(and(eq(own.draft, draft), eq(own.kind, kind)))
    .orderBy(drafts.createdAt, drafts.id)
}
