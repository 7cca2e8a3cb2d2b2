/** Unit, recommender and the studio itself. */
import type { Fields } from '../kinds'
import { hostKinds } from '../lists'
import { cover, table } from './places'
import { unitFields } from '../shared'

/** 无锡市 + leader's name + 技能大师工作室, exactly (notice, 四(一)2(2)). */
export function studioName(leaderName: string): string {
  return leaderName ? `无锡市${leaderName}技能大师工作室` : ''
}

export const studioUnit = {
  employer: {
    kind: 'text',
    label: '工作单位',
    help: '写营业执照或法人证书上的全称。',
    example: '宜兴市某某陶瓷有限公司',
    required: true,
    max: 60,
    place: table,
    identity: true,
  },
  applyingUnit: {
    kind: 'text',
    label: '申报单位',
    help: '印在封面上。一般就是工作单位，不同时再改。',
    example: '宜兴市某某陶瓷有限公司',
    required: true,
    max: 60,
    follows: 'employer',
    place: cover,
  },
  hostKind: {
    kind: 'choice',
    label: '工作室依托的载体',
    help: '工作室设在什么样的单位里。决定要交哪一种证照。',
    required: true,
    options: hostKinds,
  },
  ...unitFields,
  channel: {
    kind: 'choice',
    label: '申报方式',
    help: '由推荐单位推荐，或者个人自荐。自荐时由单位所在区负责推荐，占用该区名额。',
    required: true,
    options: [
      { value: 'recommended', label: '单位推荐' },
      { value: 'self', label: '个人自荐' },
    ],
  },
  recommender: { ...unitFields.recommender, when: { field: 'channel', in: ['recommended'] } },

  studioName: {
    kind: 'derived',
    label: '工作室名称',
    help: '按通知规定自动组成：无锡市＋领办人名字＋技能大师工作室。',
    from: (answers) => studioName(typeof answers.leaderName === 'string' ? answers.leaderName.trim() : ''),
    waiting: '填写领办人姓名后自动组成',
    place: cover,
  },
  studioArea: {
    kind: 'text',
    label: '工作室工作领域',
    help: '工作室主要做什么，一句话写清行业和方向。',
    example: '紫砂陶制作技艺传承与创新',
    required: true,
    max: 40,
    place: cover,
  },
  foundedOn: {
    kind: 'date',
    label: '工作室成立时间',
    help: '以成立文件或挂牌日期为准。到申报截止日要满两年。',
    example: '2016-05-20',
    required: true,
    place: table,
  },
  joint: {
    kind: 'yesNo',
    label: '是否校企合作共建',
    help: '企业与院校联合办的选“是”，需要多交两份材料。',
    required: true,
  },
  partner: {
    kind: 'text',
    label: '合作院校名称',
    help: '写法人登记证上的全称。',
    example: '无锡某某技师学院',
    required: true,
    max: 60,
    when: { field: 'joint', in: [true] },
  },
} as const satisfies Fields
