/** What can be wrong with a package, each with its own plain sentence: a wrong password must not look like a broken file. */
const sentences = {
  'wrong-password': '密码不对，请再检查一遍。大小写要和当初设的一样。',
  damaged: '这个文件不完整或已经损坏，什么都没有存进来。请找原来保存的那一份，或者重新传一次。',
  'not-a-package': '这不是匠申的救援包文件，请重新选择。',
  newer: '这个救援包是用更新版本的匠申做的。请先更新这台手机上的匠申，再来打开。',
  foreign: '文件里的内容不是一份匠申草稿，什么都没有存进来。',
  'other-account': '这份草稿属于另一个账号，只能另存成一份新的。',
  'weak-password': '密码至少要 8 位。',
} as const
export type RescueFaultKind = keyof typeof sentences

export class RescueFault extends Error {
  override readonly name = 'RescueFault'
  constructor(
    readonly kind: RescueFaultKind,
    cause?: unknown,
  ) {
    super(sentences[kind], { cause })
  }
}

/** Nothing of the package was kept: half a draft would look like a whole one. */
export class NoRoomForDraft extends Error {
  override readonly name = 'NoRoomForDraft'
  constructor(
    readonly needed: number,
    cause?: unknown,
  ) {
    super(`手机存储空间不够，这份草稿的照片需要 ${Math.max(0.1, needed / 1048576).toFixed(1)} MB。什么都没有存进来，请清理一些空间再试。`, {
      cause,
    })
  }
}
