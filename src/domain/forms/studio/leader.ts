/** The leader: person, skill, how to be reached, bank accounts. */
import { sexOf } from '../../rules/idNumber'
import type { Fields } from '../kinds'
import { degrees, educations, ethnicGroups, politicalStatuses, qualificationLevels } from '../lists'
import { table } from './places'
import { bankParts, equivalentGrounds, heldFields } from '../shared'

export const studioLeader = {
  leaderName: {
    kind: 'text',
    label: '领办人',
    help: '领办人姓名，与身份证一致。',
    example: '周砚秋',
    required: true,
    max: 30,
    place: table,
    identity: true,
  },
  idNumber: {
    kind: 'idNumber',
    label: '身份证号',
    help: '18 位，最后一位可以是 X。性别和年龄由它算出，不用再填。',
    example: '110105 19491231 002X 这样的 18 位，不用打空格',
    required: true,
    sensitive: 'id',
    place: table,
    identity: true,
  },
  sex: {
    kind: 'derived',
    label: '性别',
    help: '由身份证号得出。',
    from: (answers) => sexOf(answers.idNumber) ?? '',
    waiting: '填写身份证号后自动得出',
    place: table,
  },
  ethnicity: { kind: 'choice', label: '民族', help: '与身份证一致。', required: true, options: ethnicGroups, place: table },
  politics: { kind: 'choice', label: '政治面貌', help: '现在的政治面貌；不是党员、团员的一般选“群众”。', required: true, options: politicalStatuses, place: table },
  education: { kind: 'choice', label: '学历', help: '最高学历。', required: true, options: educations, place: table },
  degree: { kind: 'choice', label: '学位', help: '没有就选“无学位”。', required: true, options: degrees, place: table },

  startedWork: {
    kind: 'month',
    label: '参加工作时间',
    help: '第一次参加工作的年月。',
    example: '1995-08',
    required: true,
    place: table,
  },
  trade: {
    kind: 'text',
    label: '从事职业（工种）',
    help: '按职业资格证书或国家职业分类写。',
    example: '陶瓷工艺品制作师',
    required: true,
    max: 30,
    place: table,
    identity: true,
  },
  qualification: {
    kind: 'choice',
    label: '职业资格及等级',
    help: '领办人要求二级（技师）以上，或同等技能水平。',
    required: true,
    options: qualificationLevels,
    place: table,
  },
  equivalentGrounds: { ...equivalentGrounds, when: { field: 'qualification', in: ['同等水平'] } },
  ...heldFields,

  address: {
    kind: 'address',
    label: '通讯地址',
    help: '能收到信件的地址，写到门牌号。',
    example: '丁蜀镇某某路 18 号',
    required: true,
    place: table,
  },
  phone: {
    kind: 'phone',
    label: '联系电话',
    help: '领办人本人的手机，评审期间要能打通。',
    example: '139 开头的 11 位手机号',
    required: true,
    place: table,
  },
  contactPerson: {
    kind: 'text',
    label: '联系人',
    help: '单位里负责这件事的人，找不到您时联系他。',
    example: '人事科 王敏',
    required: true,
    max: 30,
  },
  contactPhone: { kind: 'landline', label: '联系人电话', help: '手机或座机都可以。', example: '0510-80000000', required: true },

  unitAccount: {
    kind: 'bankAccount',
    label: '所在单位银行账号',
    help: '单位的对公账号，启动经费划到这里。向单位财务要。现在可以不填，发放资金前要补上。',
    example: '一串数字，8 至 30 位',
    sensitive: 'bank',
    place: table,
  },
  unitBank: {
    kind: 'text',
    label: '开户银行名称',
    help: '写到支行。',
    example: '中国农业银行宜兴丁蜀支行',
    max: 60,
    place: table,
  },
  bankCard: { ...bankParts.bankCard, place: table },
  cardBank: { ...bankParts.cardBank, place: table },
} as const satisfies Fields
