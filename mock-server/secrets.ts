/**
 * What must come from the environment once this isn't a demonstration: one list. A demonstration makes what it needs
 * itself, and NODE_ENV=production has no demonstration.
 */
import { gatewaySms, type Sms } from './sms'

export interface Secrets {
  demonstration: boolean
  /** Undefined in a demonstration. */
  sms: Sms | undefined
  /** The first administrator. */
  adminPhone: string | undefined
}

/** Each with what it must look like, in words for the operator. */
const needed = {
  MASTER_KEY: { fits: (value) => keyFrom(value) !== null, wanted: '32 字节随机数的 base64（openssl rand -base64 32）' },
  SMS_URL: { fits: isHttps, wanted: '短信网关的 https 地址' },
  SMS_KEY: { fits: (value) => value.length >= 16 && !isPlaceholder(value), wanted: '短信网关的密钥，至少 16 个字符' },
  SMS_TEMPLATE: { fits: (value) => value.trim() !== '', wanted: '短信模板的编号' },
} satisfies Record<string, { fits: (value: string) => boolean; wanted: string }>

/** @throws with a sentence for the operator, never with a value */
export function secretsFrom(env: NodeJS.ProcessEnv): Secrets {
  const demonstration = env.DEMONSTRATION !== 'off'
  if (demonstration && env.NODE_ENV === 'production')
    throw new Error('NODE_ENV=production 时不能以演示方式运行：请设 DEMONSTRATION=off，并设好所需的密钥。')
  const faults = Object.entries(needed).flatMap(([name, { fits, wanted }]) => {
    const value = env[name] ?? ''
    // What was given must be good, also where it could be left out.
    const missing = value === '' && demonstration
    return missing || fits(value) ? [] : [`${name}（${wanted}）`]
  })
  const before = (env.MASTER_KEY_BEFORE ?? '').split(',').filter(Boolean)
  if (before.some((value) => keyFrom(value) === null)) faults.push(`MASTER_KEY_BEFORE（${needed.MASTER_KEY.wanted}，多个用逗号分开）`)
  const adminPhone = env.ADMIN_PHONE || undefined
  if (adminPhone && !/^1[3-9]\d{9}$/.test(adminPhone)) faults.push('ADMIN_PHONE（管理员的 11 位手机号）')
  if (faults.length > 0) throw new Error(`环境变量没有设好：${faults.join('；')}`)
  const { SMS_URL: url = '', SMS_KEY: key = '', SMS_TEMPLATE: template = '' } = env
  return {
    demonstration,
    sms: demonstration ? undefined : gatewaySms({ url, key, template }),
    adminPhone,
  }
}

/** 32 random bytes as base64; null for anything else, e.g. a phrase, or the same byte over and over. */
export function keyFrom(value: string): Buffer | null {
  if (!/^[\w+/-]{43}=?$/.test(value.trim())) return null
  const key = Buffer.from(value.trim(), 'base64')
  // Of 32 random bytes, some 30 differ; a typed pattern has a handful.
  return key.length === 32 && new Set(key).size >= 16 ? key : null
}

const isPlaceholder = (value: string) => /^(.)\1*$|demo|change|example|secret|password|test|your/i.test(value)

function isHttps(value: string): boolean {
  return URL.canParse(value) && new URL(value).protocol === 'https:'
}
