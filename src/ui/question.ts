import { shallowRef } from 'vue'

export interface Question {
  title: string
  text?: string
  /** The words of the two buttons: what happens, and what stays. */
  yes: string
  no: string
  /** Takes something away. */
  danger?: boolean
}

/** One question at a time; a new one answers the old with no. */
export function useQuestion() {
  const question = shallowRef<Question | null>(null)
  let settle: ((yes: boolean) => void) | null = null

  function answer(yes: boolean) {
    settle?.(yes)
    settle = null
    question.value = null
  }
  return {
    question,
    answer,
    ask(asked: Question): Promise<boolean> {
      answer(false)
      question.value = asked
      return new Promise<boolean>((resolve) => {
        settle = resolve
      })
    },
  }
}
