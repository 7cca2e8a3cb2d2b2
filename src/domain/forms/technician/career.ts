/** Experience, skills, honours and achievements. */
import type { Fields } from '../kinds'
import { table } from './places'

const content = { kind: 'longText', label: '内容', help: '一行写一项，写清时间和结果。', required: true, max: 300 } as const
const proof = {
  kind: 'text',
  label: '证明人和证明材料',
  help: '谁能证明，或者哪份材料能证明。',
  example: '李建国（车间主任）；专利证书',
  required: true,
  max: 80,
} as const

export const technicianCareer = {
  experience: {
    kind: 'rows',
    label: '主要经历',
    help: '从最早的学习或工作写起，一段一行。',
    required: true,
    min: 1,
    max: 15,
    printed: 5,
    place: table,
    items: [{ group: '起止时间', parts: ['from', 'to'] }, 'where', 'witness'],
    columns: {
      from: { kind: 'month', label: '开始年月', help: '哪年哪月开始。', example: '2001-07', required: true },
      to: { kind: 'month', label: '结束年月', help: '现在还在，选“至今”。', example: '2008-12', required: true, open: true },
      where: { kind: 'text', label: '在何单位学习、工作', help: '单位或学校的全称，做什么。', example: '无锡某某机床厂，铣工', required: true, max: 80 },
      witness: { kind: 'text', label: '证明人', help: '当时的同事、班组长或老师。', example: '李建国', required: true, max: 30 },
    },
  },
  skills: {
    kind: 'rows',
    label: '有何技术特长或技术绝招',
    help: '您最拿手的是什么，一项一行。',
    required: true,
    min: 1,
    max: 10,
    printed: 3,
    place: table,
    columns: { content: { ...content, example: '薄壁铝合金件高速铣削，壁厚 0.5 毫米变形控制在 0.02 毫米内' }, proof },
  },
  innovations: {
    kind: 'rows',
    label: '技术革新技能竞赛获奖情况',
    help: '革新成果、竞赛名次，一项一行。没有可以不填。',
    max: 10,
    printed: 3,
    place: table,
    columns: { content: { ...content, example: '2019 年江苏省职业技能竞赛数控铣工第三名' }, proof },
  },
  honours: {
    kind: 'rows',
    label: '有何突出贡献获何种奖励和荣誉称号',
    help: '贡献、奖励、荣誉，一项一行。没有可以不填。',
    max: 10,
    printed: 3,
    place: table,
    columns: { content: { ...content, example: '2020 年无锡市五一劳动奖章' }, proof },
  },
  achievements: {
    kind: 'longText',
    label: '主要业绩',
    help: '2000 字以内。按事情写：遇到什么难题，怎么解决，效果如何。',
    example: '2018 年，薄壁件废品率高达 30%，我改用分层铣削和专用夹具，降到 3%。',
    required: true,
    max: 2000,
    place: table,
  },
} as const satisfies Fields
