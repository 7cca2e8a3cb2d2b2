/** Declarations, 一事一议, publicity inside the unit, and the sealed pages. */
import type { Fields } from '../kinds'
import { exceptionFields } from '../shared'

export const technicianClosing = {
  loyal: {
    kind: 'declaration',
    label: '思想品德声明',
    text: '本人热爱祖国，拥护党的路线方针政策，遵纪守法，爱岗敬业，具有良好的思想品德和职业道德。',
    required: true,
  },
  truthful: {
    kind: 'declaration',
    label: '真实性承诺',
    text: '所填内容和所交材料全部真实。如有弄虚作假或谎报成果，愿意承担撤销称号、追回资金、今后不得参评的后果。',
    required: true,
  },
  ...exceptionFields,
  waived: {
    kind: 'choices',
    label: '申请放宽的条件',
    help: '只选需要放宽的。',
    required: true,
    when: { field: 'exception', in: [true] },
    options: [
      { value: 'T2', label: '法定劳动年龄' },
      { value: 'T3', label: '二级（技师）以上' },
      { value: 'T4', label: '生产一线岗位' },
    ],
  },

  noticeFrom: { kind: 'date', label: '公示开始日期', help: '单位内部公示从哪天开始。', example: '2021-04-06', required: true, future: true },
  noticeTo: { kind: 'date', label: '公示结束日期', help: '公示的最后一天。', example: '2021-04-12', required: true, future: true },
  noticePlace: { kind: 'text', label: '公示地点', help: '贴在哪里，或发在哪个网页。', example: '厂区公告栏', required: true, max: 40 },
  sealedAnnex: {
    kind: 'photos',
    label: '盖章的申报表',
    help: '附件2 打印、盖章后，按页拍照或扫描成 PDF。',
    required: true,
    accept: 'scan',
    max: 12,
  },
  sealedDossier: {
    kind: 'photos',
    label: '盖章的综合材料',
    help: '综合材料打印、盖章后，按页拍照或扫描成 PDF。',
    required: true,
    accept: 'scan',
    max: 12,
  },
} as const satisfies Fields
