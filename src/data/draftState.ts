/** The three states that are never mixed, and what stands beside them. */
import type { DraftView } from './read'

export type DraftState =
  | { kind: 'local'; text: string; note: string }
  | { kind: 'synced'; text: string; note: string }
  | { kind: 'submitted'; text: string; note: string; receipt: string }

/** 已存本机 / 已同步 / 已提交（回执号）, with an honest note about what is still on its way, or waits for a person. */
export function draftState({ delivery, submission, revision, lost }: Pick<DraftView, 'delivery' | 'submission' | 'revision' | 'lost'>): DraftState {
  const open = delivery.waiting + delivery.held + delivery.refused.length + delivery.unconfirmed
  const gone = lost ? `服务器从备份恢复过，${lost} 那次提交不在了，请重新提交` : ''
  const undecided = delivery.conflicts > 0 ? `有 ${delivery.conflicts} 处两台设备改得不一样，请选定` : ''
  if (submission) {
    const edited = open > 0 || revision > submission.revision ? '之后的修改还没有提交，评审看到的仍是已提交的那一份' : ''
    return {
      kind: 'submitted',
      text: `已提交（${submission.receipt}）`,
      receipt: submission.receipt,
      note: [gone, edited, undecided].filter(Boolean).join('；'),
    }
  }
  if (open === 0) return { kind: 'synced', text: '已同步', note: [gone, undecided, gone ? '' : '还没有提交'].filter(Boolean).join('；') }
  return { kind: 'local', text: '已存本机', note: [gone, localNote(delivery), undecided].filter(Boolean).join('；') }
}

function localNote({ waiting, held, refused, unconfirmed, refusedFiles }: DraftView['delivery']): string {
  if (refused.length > 0) return `有 ${refused.length} 处服务器没有接受，内容都在本机`
  if (refusedFiles > 0) return `有 ${refusedFiles} 个文件服务器没有接受，请看一看原因`
  if (held > 0 && waiting === 0) return '证件号和银行卡等您同意后才会同步'
  if (unconfirmed > 0 && waiting === 0) return `还有 ${unconfirmed} 个文件没有传完`
  return '联网并登录后自动同步'
}
