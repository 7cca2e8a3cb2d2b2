import { ref, shallowRef } from 'vue'
import { Refused, sentenceOf, Unreachable } from '../../data/failure'
import { restore, valuesAt } from '../../data/history'
import { readValues } from '../../data/read'
import type { Form } from '../../domain/forms/kinds'
import { editsTowards, type Change, type Moment } from '../../domain/history'
import type { Question } from '../../ui/question'
import { restoreWords, timeWords } from './historyWords'

/** Going back: one place at once, the whole draft after a question; both can be taken back. */
export function useRestore(draft: () => string, ask: (question: Question) => Promise<boolean>) {
  const busy = ref(false)
  const said = shallowRef<{ text: string; undo?: () => Promise<void> } | null>(null)

  async function guarded(work: () => Promise<void>): Promise<void> {
    if (busy.value) return
    busy.value = true
    said.value = null
    try {
      await work()
    } catch (reason) {
      const away = reason instanceof Unreachable || (reason instanceof Refused && reason.status === 401)
      said.value = { text: away ? '那一刻的内容在服务器上，联网并登录后再试。草稿没有改动。' : sentenceOf(reason) }
    } finally {
      busy.value = false
    }
  }

  const oneBack = ({ path, before }: Change, label: string) =>
    guarded(async () => {
      said.value = { text: `已恢复“${label}”`, undo: await restore(draft(), [{ path, value: before }]) }
    })

  const wholeBack = (form: Form, moment: Moment) =>
    guarded(async () => {
      const [then, now] = [await valuesAt(draft(), moment.point), await readValues(draft())]
      const edits = editsTowards(form, now, then)
      if (edits.length === 0) {
        said.value = { text: '现在就是那一刻的样子，不用恢复。' }
        return
      }
      const when = timeWords(moment.when, Date.now())
      const sure = await ask({
        title: `把整份草稿恢复到${when}？`,
        text: `会${restoreWords(form, now, edits)}。恢复前的样子会留在历史记录里，还能再恢复回来。`,
        yes: '恢复整份草稿',
        no: '不恢复',
      })
      if (sure) said.value = { text: `整份草稿已恢复到${when}`, undo: await restore(draft(), edits) }
    })

  const takeBack = () =>
    guarded(async () => {
      await said.value?.undo?.()
      said.value = { text: '已撤销' }
    })

  return { busy, said, oneBack, wholeBack, takeBack }
}
