/** The conditions claimed, and the 综合材料. */
import type { Fields } from '../kinds'
import { technicianClaims } from '../lists'
import { dossier } from './places'
import { claimStatement } from '../shared'

export const technicianDossier = {
  claims: {
    kind: 'choices',
    label: '具备的申报条件',
    help: '至少选一项。选中的每一项都要写说明，并在“业绩证明”里附上材料。',
    required: true,
    options: technicianClaims,
  },
  claimMastery: claimStatement(
    'mastery',
    '绝招绝技说明',
    '绝招是什么，排除过什么重大障碍、隐患或质量通病。',
    '带队排除进口五轴机床热变形故障，停机时间由每月 30 小时降到 2 小时。',
  ),
  claimInvention: claimStatement(
    'invention',
    '发明创造或重大革新说明',
    '发明、革新或先进操作法是什么，提高了多少效率或质量。',
    '“双工位快换夹具”获实用新型专利，换型时间缩短 70%。',
  ),
  claimStandard: claimStatement('standard', '编制国家级标准说明', '参与编制的标准名称、编号和本人承担的部分。', '参与编制某国家标准，承担试验方法一章。'),
  claimTeaching: claimStatement(
    'teaching',
    '传绝技、带高徒说明',
    '带了哪些徒弟，成为骨干或竞赛获奖的有哪些。',
    '带徒 14 人，3 人成为班组长，1 人获市级竞赛第一名。',
  ),

  dossierText: {
    kind: 'longText',
    label: '候选人综合材料',
    help: '2000 字以内：技能水平、主要技术成果、事迹简介。由单位盖章。',
    example: '陈某某，男，数控铣工高级技师，从事精密加工 20 年……',
    required: true,
    max: 2000,
    place: dossier,
  },
  contactUnit: {
    kind: 'text',
    label: '联系单位',
    help: '一般就是工作单位。',
    example: '无锡某某精密机械有限公司',
    required: true,
    max: 60,
    follows: 'employer',
    place: dossier,
  },
  contactPerson: { kind: 'text', label: '联系人', help: '单位里负责这件事的人。', example: '人力资源部 沈洁', required: true, max: 30, place: dossier },
  contactPhone: { kind: 'landline', label: '电话', help: '手机或座机都可以。', example: '0510-80000000', required: true, place: dossier },
  fax: { kind: 'landline', label: '传真', help: '没有可以不填。', example: '0510-80000001', place: dossier },
  contactEmail: { kind: 'email', label: '电子信箱', help: '单位联系人的邮箱。', example: 'hr@example.com', required: true, place: dossier },
} as const satisfies Fields
