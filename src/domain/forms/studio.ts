/** Annex 1 of the 2021 notice (无锡市技能大师工作室申报表), the 申办报告, the materials, and what the process needs. */
import type { Answers, Fields, Form } from './kinds'
import { studioClosing } from './studio/closing'
import { studioLeader } from './studio/leader'
import { studioMaterials } from './studio/materials'
import { studioReport } from './studio/report'
import { studioUnit } from './studio/unit'
import { studioWork } from './studio/work'

export const studioFields = {
  ...studioUnit,
  ...studioLeader,
  ...studioWork,
  ...studioReport,
  ...studioMaterials,
  ...studioClosing,
} as const satisfies Fields

export type StudioAnswers = Answers<typeof studioFields>

export const studio: Form<typeof studioFields> = {
  award: 'studio',
  version: 1,
  title: '技能大师工作室',
  fields: studioFields,
  steps: [
    {
      id: 'unit',
      title: '单位与推荐',
      about: '工作室设在哪个单位，由谁推荐。',
      items: ['employer', 'applyingUnit', 'hostKind', 'uscc', 'district', 'channel', 'recommender'],
    },
    {
      id: 'leader',
      title: '领办人',
      about: '领办人的基本情况，照着身份证填。',
      items: ['leaderName', 'idNumber', 'sex', 'ethnicity', 'politics', { group: '学历（学位）', parts: ['education', 'degree'] }],
    },
    {
      id: 'skill',
      title: '职业与资格',
      about: '从事什么工种，到了哪一级。',
      items: ['startedWork', 'trade', 'qualification', 'equivalentGrounds', 'titlesHeld'],
    },
    {
      id: 'studio',
      title: '工作室',
      about: '工作室的名称、领域和成立时间。',
      items: ['studioName', 'studioArea', 'foundedOn', 'joint', 'partner'],
    },
    {
      id: 'contact',
      title: '联系方式',
      about: '评审期间怎样找到您。',
      items: ['address', 'phone', 'contactPerson', 'contactPhone'],
    },
    {
      id: 'members',
      title: '团队成员',
      about: '领办人以外的成员，至少 5 人为好。',
      items: ['members'],
    },
    {
      id: 'conditions',
      title: '申报条件',
      about: '五项里至少具备一项，选中的写明做了什么。',
      items: ['claims', 'claimInnovation', 'claimBreakthrough', 'claimTransfer', 'claimTeaching', 'claimHeritage'],
    },
    {
      id: 'achievements',
      title: '业绩与获奖',
      about: '近五年的业绩和奖项。',
      items: ['achievements', 'awards'],
    },
    {
      id: 'operation',
      title: '工作室情况',
      about: '支持措施、成效、场地设备和今后计划。',
      items: ['support', 'results', 'facilities', 'plan'],
    },
    {
      id: 'report',
      title: '申办报告',
      about: '按七个部分写，系统会排成一份完整的报告。',
      items: ['reportMembers', 'reportBasics', 'reportNeed', 'reportSupport', 'reportPlan', 'reportDirections'],
    },
    {
      id: 'premises',
      title: '场地与设备照片',
      about: '拿着手机在工作室走一圈，按清单拍。',
      items: ['premises'],
    },
    {
      id: 'papers',
      title: '单位证照',
      about: '单位的证照，拍照或选 PDF 都可以。',
      items: ['licence', 'partnerAgreement', 'partnerLicence'],
    },
    {
      id: 'certificates',
      title: '个人证书',
      about: '领办人的身份证、学历和资格证书。',
      items: ['idCard', 'educationCert', 'qualificationCert'],
    },
    {
      id: 'evidence',
      title: '业绩材料',
      about: '证明您所写业绩的材料。',
      items: ['studioProofs', 'achievementProofs', 'awardCerts', 'publications'],
    },
    {
      id: 'bank',
      title: '银行账户',
      about: '评上以后资金划到哪里。可以先跳过，以后再填。',
      items: [
        'unitAccount',
        'unitBank',
        'bankCard',
        'cardBank',
      ],
    },
    {
      id: 'declarations',
      title: '声明与承诺',
      about: '请读完再勾选。',
      items: ['healthy', 'truthful', 'exception', 'waived', 'exceptionReasons'],
    },
    {
      id: 'seal',
      title: '单位盖章',
      about: '打印、签字、盖章，再拍回来。',
      items: ['sealedAnnex', 'sealedReport', 'noticeFrom', 'noticeTo', 'noticePlace'],
    },
  ],
}
