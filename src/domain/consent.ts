/** The separate consent to processing sensitive personal data (个人信息保护法 28–30), in the words that are agreed to. */
import type { Call } from './calls/call'

/** Raised with every change of the text; what was agreed to stands in the draft's `$consent`. */
export const CONSENT_VERSION = '2021-2'

export const consentAbout = '身份证号和身份证照片、本人银行卡号、单位银行账号'

/** A phone may still hold a call from before its retention was data: then the years are those of 2021. */
export function consentPoints({ retention }: { retention?: Call['retention'] }): string[] {
  const { draft, submitted, awarded } = retention ?? { draft: 1, submitted: 3, awarded: 10 }
  return [
    '用途：核实身份和申报资格，评上以后发放奖励资金；不作别的用途。',
    '谁能看到：审核这份申报的工作人员，平时只显示一部分数字；要看完整号码，必须写明原因，并留下记录。',
    `保存多久：从申报截止算起，没有提交的保存 ${draft} 年，没有评上的 ${submitted} 年，评上的 ${awarded} 年，到期删除。`,
    '您可以随时在“我的账号”里导出自己的信息，或者注销账号、删除信息。',
  ]
}
