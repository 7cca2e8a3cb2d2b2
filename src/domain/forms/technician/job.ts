/** Employer, trade and post, how to be reached, bank card. */
import type { Fields } from '../kinds'
import { employerKinds, postKinds, qualificationLevels } from '../lists'
import { cover, table } from './places'
import { bankParts, equivalentGrounds, heldFields, unitFields } from '../shared'

export const technicianJob = {
  employer: {
    kind: 'text',
    label: '工作单位',
    help: '写营业执照上的全称。',
    example: '无锡某某精密机械有限公司',
    required: true,
    max: 60,
    place: table,
    identity: true,
  },
  employerKind: {
    kind: 'choice',
    label: '单位性质',
    help: '看营业执照或法人证书。',
    required: true,
    options: employerKinds,
  },
  ...unitFields,

  occupation: {
    kind: 'text',
    label: '职业(工种)',
    help: '按职业资格证书或国家职业分类写，印在封面上。',
    example: '数控铣工',
    required: true,
    max: 30,
    place: cover,
    identity: true,
  },
  post: {
    kind: 'text',
    label: '工种岗位',
    help: '现在的岗位。和职业一样时不用改。',
    example: '五轴加工班组长',
    required: true,
    max: 30,
    follows: 'occupation',
    place: table,
  },
  postKind: {
    kind: 'choice',
    label: '岗位性质',
    help: '用来核对法定劳动年龄。',
    required: true,
    options: postKinds,
  },
  frontLine: {
    kind: 'yesNo',
    label: '在生产一线岗位直接从事技能工作',
    help: '事业单位工勤岗位也算。',
    required: true,
  },
  qualification: {
    kind: 'choice',
    label: '职业资格等级',
    help: '要求二级（技师）以上，或同等技能水平。',
    required: true,
    options: qualificationLevels,
    place: table,
  },
  equivalentGrounds: { ...equivalentGrounds, when: { field: 'qualification', in: ['同等水平'] } },
  startedWork: {
    kind: 'month',
    label: '参加工作时间',
    help: '第一次参加工作的年月。',
    example: '2001-07',
    required: true,
    place: table,
  },
  ...heldFields,

  address: {
    kind: 'address',
    label: '通讯地址',
    help: '能收到信件的地址，写到门牌号。',
    example: '旺庄街道某某路 6 号',
    required: true,
    place: table,
  },
  postcode: { kind: 'postcode', label: '邮政编码', help: '6 位数字，无锡市区是 214 开头。', example: '214028', required: true, place: table },
  phone: {
    kind: 'phone',
    label: '联系电话',
    help: '本人手机，评审期间要能打通。',
    example: '139 开头的 11 位手机号',
    required: true,
    place: table,
  },
  email: { kind: 'email', label: '电子邮箱', help: '没有邮箱可以用 QQ 邮箱。', example: '12345678@qq.com', required: true, place: table },
  qq: { kind: 'qq', label: 'QQ号', help: '没有可以不填。', example: '12345678', place: table },

  bankCard: { ...bankParts.bankCard, place: table },
  cardBank: { ...bankParts.cardBank, place: table },
} as const satisfies Fields
