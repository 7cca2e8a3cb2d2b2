/** Declarations, 一事一议, publicity inside the unit, and the sealed pages. */
import type { Fields } from '../kinds'
import { exceptionFields } from '../shared'

export const studioClosing = {
  healthy: {
    kind: 'declaration',
    label: '健康声明',
    text: '本人身体健康，能够承担工作室日常工作。',
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
      { value: 'S1', label: '运行满两年' },
      { value: 'S2', label: '团队不少于 5 人' },
      { value: 'S3', label: '年龄不超过 55 周岁' },
      { value: 'S4', label: '二级（技师）以上' },
    ],
  },

  noticeFrom: { kind: 'date', label: '公示开始日期', help: '单位内部公示过的才填。', example: '2021-04-06', future: true },
  noticeTo: { kind: 'date', label: '公示结束日期', help: '公示的最后一天。', example: '2021-04-12', future: true },
  noticePlace: { kind: 'text', label: '公示地点', help: '贴在哪里，或发在哪个网页。', example: '厂区公告栏', max: 40 },
  sealedAnnex: {
    kind: 'photos',
    label: '盖章的申报表',
    help: '附件1 打印、签字、盖章后，按页拍照或扫描成 PDF。',
    required: true,
    accept: 'scan',
    max: 12,
  },
  sealedReport: {
    kind: 'photos',
    label: '盖章的申办报告',
    help: '申办报告打印、盖章后，按页拍照或扫描成 PDF。',
    required: true,
    accept: 'scan',
    max: 20,
  },
} as const satisfies Fields
