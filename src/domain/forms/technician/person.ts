/** The person and the portrait. */
import { birthDateOf, sexOf } from '../../rules/idNumber'
import type { Fields } from '../kinds'
import { educations, ethnicGroups, politicalStatuses } from '../lists'
import { table } from './places'

export const technicianPerson = {
  name: {
    kind: 'text',
    label: '姓名',
    help: '与身份证一致。',
    example: '陈志远',
    required: true,
    max: 30,
    place: table,
    identity: true,
  },
  idNumber: {
    kind: 'idNumber',
    label: '身份证号码',
    help: '18 位，最后一位可以是 X。出生日期和性别由它算出，不用再填。',
    example: '110105 19491231 002X 这样的 18 位，不用打空格',
    required: true,
    sensitive: 'id',
    place: table,
    identity: true,
  },
  sex: {
    kind: 'derived',
    label: '性别',
    help: '由身份证号码得出。',
    from: (answers) => sexOf(answers.idNumber) ?? '',
    waiting: '填写身份证号码后自动得出',
    place: table,
  },
  birthDate: {
    kind: 'derived',
    label: '出生日期',
    help: '由身份证号码得出。',
    from: (answers) => birthDateOf(answers.idNumber) ?? '',
    waiting: '填写身份证号码后自动得出',
    place: table,
  },
  ethnicity: { kind: 'choice', label: '民族', help: '与身份证一致。', required: true, options: ethnicGroups, place: table },
  politics: { kind: 'choice', label: '政治面貌', help: '现在的政治面貌；不是党员、团员的一般选“群众”。', required: true, options: politicalStatuses, place: table },
  education: { kind: 'choice', label: '文化程度', help: '最高学历。', required: true, options: educations, place: table },
  portrait: {
    kind: 'photos',
    label: '照片（2寸彩色红底正面脱帽照片）',
    help: '在红色背景前，正面，不戴帽。拍好后框住头和肩。',
    required: true,
    accept: 'portrait',
    max: 1,
    place: table,
  },
} as const satisfies Fields
