/** The form of Annex 2 as the comparison pages show it: all of it on one page. */

export type Values = Record<string, string>
export interface Draft {
  values: Values
  rows: Record<string, Values[]>
  pictures: ArrayBuffer[]
}

const single: [string, string][] = [
  ['name', '姓名'],
  ['idNumber', '身份证号码'],
  ['sex', '性别'],
  ['birthDate', '出生日期'],
  ['ethnicity', '民族'],
  ['politics', '政治面貌'],
  ['education', '文化程度'],
  ['employer', '工作单位'],
  ['uscc', '统一社会信用代码'],
  ['occupation', '职业(工种)'],
  ['post', '工种岗位'],
  ['qualification', '职业资格等级'],
  ['startedWork', '参加工作时间'],
  ['address', '通讯地址'],
  ['postcode', '邮政编码'],
  ['phone', '联系电话'],
  ['email', '电子邮箱'],
  ['qq', 'QQ号'],
  ['bankCard', '本人银行卡号'],
  ['cardBank', '开卡银行名称'],
]
const proved: [string, string][] = [
  ['content', '内容'],
  ['proof', '证明人和证明材料'],
]

export const form = {
  single,
  tables: [
    {
      name: 'experience',
      label: '主要经历',
      rows: 15,
      columns: [
        ['from', '开始年月'],
        ['to', '结束年月'],
        ['where', '在何单位学习、工作'],
        ['witness', '证明人'],
      ] as [string, string][],
    },
    { name: 'skills', label: '有何技术特长或技术绝招', rows: 5, columns: proved },
    { name: 'innovations', label: '技术革新技能竞赛获奖情况', rows: 5, columns: proved },
    { name: 'honours', label: '有何突出贡献获何种奖励和荣誉称号', rows: 5, columns: proved },
  ],
  long: ['achievements', '主要业绩'] as const,
}
