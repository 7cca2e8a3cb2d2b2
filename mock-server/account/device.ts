const machines = [
  [/iPad/, '苹果平板'],
  [/iPhone|iPod/, '苹果手机'],
  [/HarmonyOS|OpenHarmony/, '鸿蒙手机'],
  [/Android(?!.*Mobile)/, '安卓平板'],
  [/Android/, '安卓手机'],
  [/Windows/, 'Windows 电脑'],
  [/Macintosh/, '苹果电脑'],
  [/Linux|X11/, 'Linux 电脑'],
] as const
/** Most call themselves Safari or Chrome besides, so those come last. */
const browsers = [
  [/wxwork/i, '企业微信'],
  [/MicroMessenger/, '微信'],
  [/DingTalk/, '钉钉'],
  [/AlipayClient/, '支付宝'],
  [/MQQBrowser|QQ\//, 'QQ'],
  [/HuaweiBrowser/, '华为浏览器'],
  [/MiuiBrowser/, '小米浏览器'],
  [/HeyTapBrowser|OPPO/, 'OPPO 浏览器'],
  [/VivoBrowser/, 'vivo 浏览器'],
  [/UCBrowser/, 'UC 浏览器'],
  [/baiduboxapp/, '百度'],
  [/Edg/, 'Edge'],
  [/Firefox|FxiOS/, 'Firefox'],
  [/Chrome|CriOS/, 'Chrome'],
  [/Safari/, 'Safari'],
] as const

/** A few words by which people know their device, e.g. `安卓手机·微信`; of the long name no more is kept. */
export function deviceWords(userAgent: string | undefined): string {
  const named = (list: readonly (readonly [RegExp, string])[]) => list.find(([sign]) => sign.test(userAgent ?? ''))?.[1]
  const words = [named(machines), named(browsers)].filter((word) => word !== undefined)
  return words.length > 0 ? words.join('·') : '其他设备'
}
