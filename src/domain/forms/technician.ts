/** Annex 2 of the 2021 notice (无锡市企业首席技师申报表), the 综合材料, the materials, and what the process needs. */
import type { Answers, Fields, Form } from './kinds'
import { technicianCareer } from './technician/career'
import { technicianClosing } from './technician/closing'
import { technicianDossier } from './technician/dossier'
import { technicianJob } from './technician/job'
import { technicianMaterials } from './technician/materials'
import { technicianPerson } from './technician/person'

export const technicianFields = {
  ...technicianPerson,
  ...technicianJob,
  ...technicianCareer,
  ...technicianDossier,
  ...technicianMaterials,
  ...technicianClosing,
} as const satisfies Fields

export type TechnicianAnswers = Answers<typeof technicianFields>

export const technician: Form<typeof technicianFields> = {
  award: 'technician',
  version: 1,
  title: '企业首席技师',
  fields: technicianFields,
  steps: [
    {
      id: 'person',
      title: '个人情况',
      about: '照着身份证填。',
      items: ['name', 'idNumber', 'sex', 'birthDate', 'ethnicity', 'politics', 'education'],
    },
    { id: 'portrait', title: '证件照片', about: '2 寸红底照片，手机也能拍。', items: ['portrait'] },
    {
      id: 'unit',
      title: '单位与推荐',
      about: '在哪个单位工作，由谁推荐。',
      items: ['employer', 'employerKind', 'uscc', 'district', 'recommender'],
    },
    {
      id: 'job',
      title: '职业与资格',
      about: '从事什么工种，到了哪一级。',
      items: ['occupation', 'post', 'postKind', 'frontLine', 'qualification', 'equivalentGrounds', 'startedWork', 'titlesHeld'],
    },
    {
      id: 'contact',
      title: '联系方式',
      about: '评审期间怎样找到您。',
      items: ['address', 'postcode', 'phone', { group: '电子邮箱及QQ号', parts: ['email', 'qq'] }],
    },
    { id: 'experience', title: '主要经历', about: '从学徒到现在，一段一行。', items: ['experience'] },
    { id: 'skills', title: '技术特长', about: '技术特长和绝招。', items: ['skills'] },
    { id: 'honours', title: '革新与荣誉', about: '革新、竞赛、贡献和荣誉。', items: ['innovations', 'honours'] },
    { id: 'achievements', title: '主要业绩', about: '2000 字以内，写最有分量的几件。', items: ['achievements'] },
    {
      id: 'conditions',
      title: '申报条件',
      about: '四项里至少具备一项，选中的写明做了什么。',
      items: ['claims', 'claimMastery', 'claimInvention', 'claimStandard', 'claimTeaching'],
    },
    {
      id: 'dossier',
      title: '综合材料',
      about: '给评委看的一份完整介绍，由单位盖章。',
      items: ['dossierText', 'contactUnit', 'contactPerson', 'contactPhone', 'fax', 'contactEmail'],
    },
    {
      id: 'certificates',
      title: '证照与证书',
      about: '单位证照和本人的证件、证书。',
      items: ['licence', 'idCard', 'educationCert', 'qualificationCert'],
    },
    {
      id: 'evidence',
      title: '业绩材料',
      about: '证明您所写业绩的材料。',
      items: ['achievementProofs', 'awardCerts', 'publications'],
    },
    {
      id: 'bank',
      title: '银行卡',
      about: '奖励资金划到哪张卡。可以先跳过，以后再填。',
      items: [{ group: '本人银行卡号及开卡银行名称', parts: ['bankCard', 'cardBank'] }],
    },
    {
      id: 'declarations',
      title: '声明与承诺',
      about: '请读完再勾选。',
      items: ['loyal', 'truthful', 'exception', 'waived', 'exceptionReasons'],
    },
    {
      id: 'seal',
      title: '单位盖章',
      about: '单位公示、打印、盖章，再拍回来。',
      items: ['noticeFrom', 'noticeTo', 'noticePlace', 'sealedAnnex', 'sealedDossier'],
    },
  ],
}
