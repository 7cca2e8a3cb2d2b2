// @vitest-environment jsdom
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { documentsOf } from '../../src/documents/papers'
import { needOffice } from '../support/office'
import { inputOf, leaderId, studioAnswers, technicianAnswers, technicianId } from './fixtures'
import { besideIn, openAll, sheetsOf, squeeze, type Opened } from './opened'

// LibreOffice starts slowly on a busy machine; all papers are opened at once, by the first test that needs one.
const patience = { timeout: 240_000 }
const pasted = '长😀<b>𠮷&'.repeat(2_500)
let opening: Promise<Opened[]> | undefined

async function openPapers() {
  const bytes = new Uint8Array(await readFile('test/support/photos/orientation-1.jpg'))
  return openAll([
    ...documentsOf('studio', inputOf(studioAnswers)),
    ...documentsOf('technician', inputOf(technicianAnswers, { portrait: { bytes, width: 413, height: 579 } })),
    ...documentsOf('studio', inputOf({ ...studioAnswers, results: pasted, leaderName: '𠮷<i>秋</i>\u0000' })),
  ])
}

async function opened(which: 'annex1' | 'report' | 'annex2' | 'dossier' | 'hostile annex1'): Promise<Opened> {
  const papers = await (opening ??= openPapers())
  const found = papers[['annex1', 'report', 'annex2', 'dossier', 'hostile annex1'].indexOf(which)]
  if (!found) throw new Error(`No ${which}`)
  return found
}

test('附件1 opens with every answer beside its label', patience, async (context) => {
  await needOffice(context)
  const annex = await opened('annex1')
  const { achievements, support, results, facilities, plan } = studioAnswers
  const expected: [label: string, answer: string | undefined][] = [
    ['申报单位', '宜兴市陶缘紫砂工艺有限公司'],
    ['工作室名称', '无锡市周砚秋技能大师工作室'],
    ['工作室工作领域', '紫砂陶制作技艺传承与创新'],
    ['填报时间', '2021年04月12日'],
    ['领办人', '周砚秋'],
    ['性别', '女'],
    ['民族', '汉族'],
    ['政治面貌', '中共党员'],
    ['工作单位', '宜兴市陶缘紫砂工艺有限公司'],
    ['工作室成立时间', '2016年05月20日'],
    ['学历（学位）', '大学专科（无学位）'],
    ['参加工作时间', '1995年08月'],
    ['从事职业（工种）', '陶瓷工艺品制作师'],
    ['职业资格及等级', '一级（高级技师）'],
    ['身份证号', leaderId],
    ['通讯地址', '江苏省宜兴市丁蜀镇紫砂路18号'],
    ['联系电话', '13900000001'],
    ['所在单位银行账号', '10628100000000018'],
    ['开户银行名称', '中国农业银行宜兴丁蜀支行'],
    ['本人银行卡号', '6222021103000000018'],
    ['开卡银行名称', '中国工商银行宜兴丁蜀支行'],
    ['领办人近五年主要工作业绩及工作室成立来业绩', `（可另附）${achievements}`],
    ['所在单位对工作室支持措施', support],
    ['工作室成立以来的工作成效（可另附）', results],
    ['工作室面积及设备设施情况（可另附）', facilities],
    ['今后工作开展计划（可另附）', plan],
    ['单位意见', '(签字盖章)年月日'],
    ['市（县）、区人力资源社会保障局或市属单位、行业协会意见', '年月日（盖章）'],
    ['市（县）、区财政局意见', '年月日（盖章）'],
    ['市人力资源社会保障局意见', '年月日（盖章）'],
  ]
  for (const [label, answer] of expected) expect([label, besideIn(annex, label)]).toEqual([label, squeeze(answer ?? '')])
  expect(annex.rows).toContainEqual(['大师工作室其他人员', '姓名', '年龄', '职业资格及等级', '突出业绩'])
  expect(annex.rows).toContainEqual(['蒋问渠', '36', '二级（技师）', squeeze(studioAnswers.members?.[5]?.merit ?? '')])
  expect(annex.rows).toContainEqual(['领办人近五年获奖情况', '获奖项目', '奖励名称', '授予单位', '等级', '排名', '年度'])
  expect(annex.rows).toContainEqual(['紫砂泥料配方改良', '市科技进步奖', '无锡市人民政府', '二等奖', '2/5', '2020'])
  expect(annex.words).toContain('附件1无锡市技能大师工作室申报表')
  expect(annex.words).toContain('无锡市人力资源和社会保障局制')
  expect(annex.words).toContain('打印码K7M3-9QXA')
})

test('附件2 opens with every answer beside its label, and with the portrait', patience, async (context) => {
  await needOffice(context)
  const annex = await opened('annex2')
  const expected: [label: string, answer: string][] = [
    ['姓名：', '陈志远'],
    ['职业(工种)：', '数控铣工'],
    ['单位：', '无锡锐锋精密机械有限公司'],
    ['姓名', '陈志远'],
    ['性别', '男'],
    ['出生日期', '1985年03月12日'],
    ['民族', '回族'],
    ['政治面貌', '群众'],
    ['文化程度', '技工学校'],
    ['工种岗位', '数控铣工'],
    ['职业资格等级', '二级（技师）'],
    ['参加工作时间', '2003年07月'],
    ['邮政编码', '214028'],
    ['工作单位', '无锡锐锋精密机械有限公司'],
    ['身份证号码', technicianId],
    ['通讯地址', '江苏省无锡市新吴区旺庄街道锡士路6号'],
    ['联系电话', '13900000002'],
    ['电子邮箱及QQ号', 'chen@example.comQQ：10000001'],
    ['本人银行卡号及开卡银行名称', '6222021103000000026中国工商银行无锡新吴支行'],
    ['主要业绩', `2000字以内${technicianAnswers.achievements}`],
    ['单位意见', '(盖章)年月日'],
    ['市（县）、区人力资源社会保障局或市属单位、行业协会意见', '年月日（盖章）'],
    ['市（县）、区财政局意见', '年月日（盖章）'],
    ['市人力资源社会保障局意见', '年月日（盖章）'],
    ['市财政局意见', '年月日（盖章）'],
  ]
  for (const [label, answer] of expected) expect([label, besideIn(annex, label)]).toEqual([label, squeeze(answer)])
  expect(annex.rows).toContainEqual(['主要经历'])
  expect(annex.rows).toContainEqual(['起止时间', '在何单位学习、工作', '证明人'])
  expect(annex.rows).toContainEqual(['2012.03—至今', '无锡锐锋精密机械有限公司数控铣工、班组长', '李建国'])
  expect(annex.rows).toContainEqual(['项目', '内容', '证明人和证明材料'])
  expect(annex.rows).toContainEqual(['五轴联动叶轮加工一次装夹成形', '工艺鉴定书'])
  for (const [label, content, proof] of [
    ['有何技术特长或技术绝招', '薄壁铝合金件高速铣削，壁厚0.5毫米变形控制在0.02毫米内', '李建国（车间主任）'],
    ['技术革新技能竞赛获奖情况', '2019年江苏省职业技能竞赛数控铣工第三名', '获奖证书'],
    ['有何突出贡献获何种奖励和荣誉称号', '2020年无锡市五一劳动奖章', '奖章证书；工会主席孙平'],
  ])
    expect(annex.rows).toContainEqual([label, content, proof])
  expect(annex.pictures).toBe(1)
})

test('申办报告 opens with its seven sections and the place for the seal', patience, async (context) => {
  await needOffice(context)
  const { words } = await opened('report')
  const a = studioAnswers
  const sections: [title: string, text: string | undefined][] = [
    ['一、工作室名称', '无锡市周砚秋技能大师工作室'],
    ['二、领办人和成员简介', a.reportMembers],
    ['三、工作室基本条件', a.reportBasics],
    ['四、必要性和可行性', a.reportNeed],
    ['五、单位支持措施', a.support],
    ['六、工作计划', a.reportPlan],
    ['七、主要工作方向', a.reportDirections],
  ]
  const inOrder = sections.map(([title, text]) => title + squeeze(text ?? '')).join('')
  expect(words).toContain(`${inOrder}申报单位（盖章）：宜兴市陶缘紫砂工艺有限公司年月日`)
})

test('综合材料 opens with the text, whom to ask and the place for the seal', patience, async (context) => {
  await needOffice(context)
  const dossier = await opened('dossier')
  expect(dossier.words).toContain(squeeze(technicianAnswers.dossierText ?? ''))
  expect(dossier.rows).toEqual([
    ['联系单位', '无锡锐锋精密机械有限公司'],
    ['联系人', '人力资源部沈洁', '电话', '0510-80000002'],
    ['传真', '', '电子信箱', 'hr@example.com'],
  ])
  expect(dossier.words).toContain('所在单位（盖章）年月日')
})

test('the papers fit on as many sheets as an office expects, empty or full', patience, async (context) => {
  await needOffice(context)
  const papers = [
    ...documentsOf('studio', inputOf({})),
    ...documentsOf('studio', inputOf(studioAnswers)),
    ...documentsOf('technician', inputOf({})),
    ...documentsOf('technician', inputOf(technicianAnswers)),
  ]
  const sheets = await sheetsOf(papers)
  const named = papers.map(({ id }, i) => `${id}: ${sheets[i]}`)
  expect(named).toEqual(
    ['annex1: 4', 'report: 1', 'annex1: 5', 'report: 4', 'annex2: 4', 'dossier: 1', 'annex2: 5', 'dossier: 2'],
  )
})

test('20,000 pasted characters, emoji and mark-up reach the paper whole', patience, async (context) => {
  await needOffice(context)
  const annex = await opened('hostile annex1')
  expect(besideIn(annex, '工作室成立以来的工作成效（可另附）')).toBe(pasted)
  expect(besideIn(annex, '领办人')).toBe('𠮷<i>秋</i>')
})
