/** The sample technician: a CNC milling machinist of 新吴区. Person and company are invented. */
import type { Call } from '../../../src/domain/calls/call'
import { technician, type TechnicianAnswers } from '../../../src/domain/forms/technician'
import { addDays, addYears } from '../../../src/domain/rules/dates'
import { bankCard, idNumber, uscc } from '../identity'
import { sample, type Content } from './sample'
import { technicianFiles } from './technicianFiles'
import { technicianTexts } from './technicianTexts'

const content = (call: Call): Content<TechnicianAnswers> => {
  const y = Number(call.closingDay.slice(0, 4))
  return {
    name: '陆启明',
    idNumber: idNumber(addDays(addYears(call.closingDay, -41), -66), '男', '320211', '53'),
    ethnicity: '汉族',
    politics: '中共党员',
    education: '大学专科',
    employer: '无锡栎川精密机械有限公司',
    employerKind: 'enterprise',
    uscc: uscc('91320214', 'MA0EXB02'),
    district: '新吴区',
    recommender: '新吴区',
    occupation: '数控铣工',
    post: '五轴加工中心操作调整工',
    postKind: 'worker',
    frontLine: true,
    qualification: '一级',
    startedWork: `${y - 20}-07`,
    titlesHeld: ['none'],
    address: { region: '江苏省无锡市新吴区', detail: '旺庄街道春桐路 66 号栎川精密' },
    postcode: '214028',
    phone: '13800000002',
    email: 'luqiming@example.com',
    qq: '100002021',
    bankCard: bankCard('622202110300000218'),
    cardBank: '中国工商银行无锡新吴支行',
    experience: [
      { from: `${y - 23}-09`, to: `${y - 20}-06`, where: '无锡蠡溪技工学校 机械加工专业 学习', witness: '班主任 柳成蹊' },
      { from: `${y - 20}-07`, to: `${y - 17}-02`, where: '无锡市某某机床配件厂 普通铣床学徒、操作工', witness: '师傅 葛长根' },
      { from: `${y - 17}-03`, to: `${y - 13}-05`, where: '无锡栎川精密机械有限公司 数控铣床操作工', witness: '车间主任 虞大同' },
      { from: `${y - 13}-06`, to: `${y - 8}-12`, where: '无锡栎川精密机械有限公司 加工中心编程与调试', witness: '车间主任 虞大同' },
      { from: `${y - 10}-03`, to: `${y - 7}-01`, where: '江苏省某某开放大学 机械制造与自动化（专科，业余） 学习', witness: '教师 顾以宁' },
      { from: `${y - 7}-01`, to: 'now', where: '无锡栎川精密机械有限公司 五轴班班长、技能培训师', witness: '生产副总 尹致和' },
    ],
    skills: [
      { content: '薄壁铝合金件高速铣削：壁厚0.5毫米，变形控制在0.02毫米以内，合格率96.5%', proof: '虞大同（车间主任）；检测报告' },
      { content: '五轴设备热变形的测量与分段补偿，孔位偏移稳定在0.008毫米以内', proof: '尹致和（生产副总）；技术总结' },
      { content: '用标准球和千分表快速找正五轴转台，15分钟内完成，误差不超过0.005毫米', proof: '葛长根（师傅）；现场操作记录' },
    ],
    innovations: [
      { content: `${y - 4}年 双工位液压快换夹具，换型时间由45分钟缩短到11分钟，获实用新型专利`, proof: '专利证书' },
      { content: `${y - 3}年 五轴加工中心热变形分段补偿，获公司技术革新一等奖`, proof: '获奖证书' },
      { content: `${y - 2}年 国产铣刀替代进口，刀具费用下降38%`, proof: '财务部证明' },
      { content: `${y - 5}年 无锡市职业技能竞赛数控铣工第二名`, proof: '获奖证书' },
    ],
    honours: [
      { content: `${y - 4}年 无锡市技术能手`, proof: '荣誉证书' },
      { content: `${y - 2}年 新吴区劳动模范`, proof: '荣誉证书' },
      { content: `${y - 1}年 公司年度特别贡献奖（柔性加工单元提前投产）`, proof: '尹致和（生产副总）；表彰文件' },
    ],
    claims: ['mastery', 'invention', 'teaching'],
    contactUnit: '无锡栎川精密机械有限公司',
    contactPerson: '人力资源部 季清如',
    contactPhone: '0510-80000266',
    fax: '0510-80000267',
    contactEmail: 'hr@example.com',
    loyal: true,
    truthful: true,
    exception: false,
    noticeFrom: addDays(call.closingDay, -20),
    noticeTo: addDays(call.closingDay, -14),
    noticePlace: '厂区大门公告栏',
    ...technicianTexts(y),
  }
}

export const technicianSample = sample<TechnicianAnswers>({
  id: 'technician',
  phone: '13800000002',
  name: '陆启明',
  title: '陆启明企业首席技师（示例）',
  form: technician,
  content,
  files: technicianFiles,
})
