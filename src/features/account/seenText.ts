import type { SignedInDevice } from '../../domain/api'

const day = (instant: string) =>
  new Date(instant).toLocaleString('zh-CN', { month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Shanghai' })

/** When a device signed in and was last seen, by Beijing's time; the server knows the latter to the hour. */
export const seenText = ({ signedInAt, seenAt, current }: SignedInDevice) =>
  `${day(signedInAt)} 登录${current ? '' : `，最近使用：${day(seenAt)} 前后`}`
