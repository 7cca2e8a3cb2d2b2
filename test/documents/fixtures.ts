/** Complete answers of two invented people, made for checking print: each answer can be told from every other. */
import type { AnyAnswers } from '../../src/domain/answers'
import type { Call } from '../../src/domain/calls/call'
import type { StudioAnswers } from '../../src/domain/forms/studio'
import type { TechnicianAnswers } from '../../src/domain/forms/technician'
import type { PaperInput } from '../../src/documents/reader'
import { idNumber } from '../support/identity'

export const call: Call = {
  id: '2021',
  title: '2021年',
  demonstration: false,
  opensAt: '2021-03-16T00:00:00+08:00',
  closesAt: '2021-04-26T00:00:00+08:00',
  closingDay: '2021-04-25',
  reviews: { district: '2021-05-10', centre: '2021-05-20', city: '2021-05-30', panel: '2021-06-30' },
  recentSince: '2016-01-01',
  ages: { leader: 55, lowest: 16, men: 60, womenStaff: 55, womenWorkers: 50 },
  studioYears: 2,
  teamSize: 5,
  quotas: [],
  subLimits: [],
  awards: { studio: { number: 10, hard: false }, technician: { number: 30, hard: true } },
  amounts: { studioUnit: 40000, studioLeader: 10000, studioExcellent: 20000, technician: 10000 },
  ownPayers: [],
  noticeDays: 5,
  retention: { draft: 1, submitted: 3, awarded: 10 },
}

export const leaderId = idNumber('1975-03-08', '女')
export const technicianId = idNumber('1985-03-12', '男', '320214')

/** Chinese text of about `length` characters in three paragraphs, opened by its name. */
export function text(name: string, length: number): string {
  const sentence = `${name}：改进泥料配方与干燥工艺，成品率由62%提高到85%，每年减少损失40万元，并在“老带新”中传给徒弟。`
  const part = sentence.repeat(Math.ceil(length / 3 / sentence.length)).slice(0, Math.floor(length / 3))
  return [part, part, part].join('\n')
}

export const studioAnswers: StudioAnswers = {
  employer: '宜兴市陶缘紫砂工艺有限公司',
  leaderName: '周砚秋',
  idNumber: leaderId,
  ethnicity: '汉族',
  politics: '中共党员',
  education: '大学专科',
  degree: '无学位',
  startedWork: '1995-08',
  trade: '陶瓷工艺品制作师',
  qualification: '一级',
  studioArea: '紫砂陶制作技艺传承与创新',
  foundedOn: '2016-05-20',
  address: { region: '江苏省宜兴市', detail: '丁蜀镇紫砂路18号' },
  phone: '13900000001',
  unitAccount: '10628100000000018',
  unitBank: '中国农业银行宜兴丁蜀支行',
  bankCard: '6222021103000000018',
  cardBank: '中国工商银行宜兴丁蜀支行',
  members: ['顾新陶', '潘素云', '许砺石', '吴小满', '邵清和', '蒋问渠'].map((name, i) => ({
    id: `m${i}`,
    name,
    age: 31 + i,
    qualification: '二级',
    merit: `20${14 + i}年获市级陶艺大赛金奖，主持制作大件紫砂器${i + 3}件`,
  })),
  achievements: text('五年业绩', 900),
  awards: [
    { id: 'a0', project: '提梁壶“秋水”', award: '中国陶艺大展金奖', grantor: '中国轻工业联合会', level: '国家级', rank: '1/1', year: 2018 },
    { id: 'a1', project: '紫砂泥料配方改良', award: '市科技进步奖', grantor: '无锡市人民政府', level: '二等奖', rank: '2/5', year: 2020 },
  ],
  support: text('支持措施', 300),
  results: text('工作成效', 700),
  facilities: text('面积设备', 240),
  plan: text('今后计划', 330),
  reportMembers: text('成员简介', 900),
  reportBasics: text('基本条件', 500),
  reportNeed: text('必要可行', 500),
  reportPlan: text('工作计划', 800),
  reportDirections: text('主要方向', 300),
}

export const technicianAnswers: TechnicianAnswers = {
  name: '陈志远',
  idNumber: technicianId,
  ethnicity: '回族',
  politics: '群众',
  education: '技工学校',
  employer: '无锡锐锋精密机械有限公司',
  occupation: '数控铣工',
  qualification: '二级',
  startedWork: '2003-07',
  address: { region: '江苏省无锡市新吴区', detail: '旺庄街道锡士路6号' },
  postcode: '214028',
  phone: '13900000002',
  email: 'chen@example.com',
  qq: '10000001',
  bankCard: '6222021103000000026',
  cardBank: '中国工商银行无锡新吴支行',
  portrait: [{ id: 'p0', file: { sha256: '0'.repeat(64), type: 'image/jpeg', bytes: 1000, width: 413, height: 579 } }],
  experience: [
    { id: 'e0', from: '2000-09', to: '2003-06', where: '无锡机电技工学校数控专业', witness: '钱老师' },
    { id: 'e1', from: '2003-07', to: '2012-02', where: '无锡第三机床厂铣工', witness: '赵国栋' },
    { id: 'e2', from: '2012-03', to: 'now', where: '无锡锐锋精密机械有限公司数控铣工、班组长', witness: '李建国' },
  ],
  skills: [
    { id: 's0', content: '薄壁铝合金件高速铣削，壁厚0.5毫米变形控制在0.02毫米内', proof: '李建国（车间主任）' },
    { id: 's1', content: '五轴联动叶轮加工一次装夹成形', proof: '工艺鉴定书' },
  ],
  innovations: [{ id: 'i0', content: '2019年江苏省职业技能竞赛数控铣工第三名', proof: '获奖证书' }],
  honours: [{ id: 'h0', content: '2020年无锡市五一劳动奖章', proof: '奖章证书；工会主席孙平' }],
  achievements: text('主要业绩', 1900),
  dossierText: text('事迹简介', 1900),
  contactPerson: '人力资源部 沈洁',
  contactPhone: '0510-80000002',
  contactEmail: 'hr@example.com',
}

export function inputOf(answers: AnyAnswers, more: Partial<PaperInput> = {}): PaperInput {
  return { answers, call, printCode: 'K7M3-9QXA', printedOn: '2021-04-12', ...more }
}
