/** The sample studio: a 紫砂 workshop in 宜兴. Person, company and school are invented. */
import type { Call } from '../../../src/domain/calls/call'
import { studio, type StudioAnswers } from '../../../src/domain/forms/studio'
import { addDays, addYears } from '../../../src/domain/rules/dates'
import { bankCard, idNumber, uscc } from '../identity'
import { studioFiles } from './studioFiles'
import { studioTexts } from './studioTexts'
import { sample, type Content } from './sample'

const content = (call: Call): Content<StudioAnswers> => {
  const y = Number(call.closingDay.slice(0, 4))
  return {
    employer: '宜兴市听泥坊陶艺有限公司',
    hostKind: 'heritage',
    uscc: uscc('91320282', 'MA0EXA01'),
    district: '宜兴市',
    recommender: '宜兴市',
    channel: 'recommended',
    applyingUnit: '宜兴市听泥坊陶艺有限公司',
    leaderName: '周砚秋',
    idNumber: idNumber(addDays(addYears(call.closingDay, -49), -44), '女', '320282', '97'),
    ethnicity: '汉族',
    politics: '群众',
    education: '大学专科',
    degree: '无学位',
    startedWork: `${y - 31}-08`,
    trade: '陶瓷工艺品制作师',
    qualification: '一级',
    titlesHeld: ['none'],
    studioArea: '紫砂陶制作技艺传承与创新',
    foundedOn: `${y - 6}-05-18`,
    joint: true,
    partner: '无锡蠡溪技师学院',
    address: { region: '江苏省宜兴市', detail: '丁蜀镇白宕窑路 218 号' },
    phone: '13800000001',
    contactPerson: '办公室 钱予安',
    contactPhone: '0510-80000128',
    unitAccount: '10645201040008888',
    unitBank: '中国农业银行宜兴丁蜀支行',
    bankCard: bankCard('622848041803000012'),
    cardBank: '中国农业银行宜兴丁蜀支行',
    members: [
      { name: '许青禾', age: 38, qualification: '二级', merit: `编写《紫砂大件成型作业指导书》，${y - 2}年获市级技能比武一等奖` },
      { name: '沈望舒', age: 44, qualification: '二级', merit: '复原传统竹木工具36种，雕刻作品入选省级工艺美术展' },
      { name: '蒋泊宁', age: 52, qualification: '一级', merit: '改进电窑布火方式，上下温差由28℃缩小到11℃' },
      { name: '吴溪桐', age: 28, qualification: '三级', merit: '负责订单班教学组织，两届46名学生全部结业' },
      { name: '任知远', age: 35, qualification: '二级', merit: '设计“溪山”系列新品，取得外观设计专利7项' },
    ],
    claims: ['innovation', 'teaching', 'heritage'],
    awards: [
      { project: '紫砂作品《溪山提梁壶》', award: '江苏省陶艺创作比赛', grantor: '江苏省某某陶瓷行业协会', level: '金奖', rank: '1/1', year: y - 4 },
      { project: '紫砂作品《听泥套组》', award: '江苏省工艺美术精品展', grantor: '江苏省某某工艺美术学会', level: '银奖', rank: '1/2', year: y - 3 },
      { project: '三段控湿干燥工艺', award: '宜兴市职工技术创新成果', grantor: '宜兴市某某创新活动办公室', level: '一等奖', rank: '1/5', year: y - 2 },
      { project: '个人', award: '无锡市五一创新能手', grantor: '无锡市某某职工委员会', level: '市级', rank: '1/1', year: y - 1 },
    ],
    healthy: true,
    truthful: true,
    exception: false,
    noticeFrom: addDays(call.closingDay, -17),
    noticeTo: addDays(call.closingDay, -11),
    noticePlace: '办公楼一楼公告栏',
    ...studioTexts(y),
  }
}

export const studioSample = sample<StudioAnswers>({
  id: 'studio',
  phone: '13800000001',
  name: '周砚秋',
  title: '周砚秋技能大师工作室（示例）',
  form: studio,
  content,
  files: studioFiles,
})
