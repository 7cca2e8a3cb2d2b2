/** The team, the conditions claimed, achievements and how the studio works. */
import type { Fields } from '../kinds'
import { qualificationLevels, studioClaims } from '../lists'
import { table } from './places'
import { claimStatement } from '../shared'

export const studioWork = {
  members: {
    kind: 'rows',
    label: '大师工作室其他人员',
    help: '不含领办人。团队要求不少于 5 人，表上有 5 行。',
    required: true,
    max: 20,
    printed: 5,
    place: table,
    columns: {
      name: { kind: 'text', label: '姓名', help: '与身份证一致。', example: '吴建平', required: true, max: 30 },
      age: { kind: 'number', label: '年龄', help: '周岁。', example: '38', required: true, min: 16, max: 90, unit: '岁' },
      qualification: { kind: 'choice', label: '职业资格及等级', help: '按证书选，没有证书选“学徒工”。', required: true, options: qualificationLevels },
      merit: { kind: 'text', label: '突出业绩', help: '一两句话，最有分量的一件。', example: '2019 年获市级陶艺大赛金奖', required: true, max: 80 },
    },
  },

  claims: {
    kind: 'choices',
    label: '具备的申报条件',
    help: '至少选一项。选中的每一项都要写说明，并在“业绩证明”里附上材料。',
    required: true,
    options: studioClaims,
  },
  claimInnovation: claimStatement(
    'innovation',
    '创新创优说明',
    '技术革新、技术改造，新产品、新作品、新工艺，取得了什么效益。',
    '2018 年改进泥料配方，成品率由 62% 提高到 85%，每年减少损失 40 万元。',
  ),
  claimBreakthrough: claimStatement(
    'breakthrough',
    '技术攻关说明',
    '攻克了什么技术难关，效率提高了多少。',
    '解决大件紫砂器干燥开裂问题，合格率提高 20 个百分点。',
  ),
  claimTransfer: claimStatement(
    'transfer',
    '科技成果转化说明',
    '哪项成果转化成了什么产品、工艺或产业。',
    '“紫砂全手工成型辅具”专利已在 12 家企业使用。',
  ),
  claimTeaching: claimStatement(
    'teaching',
    '授艺带徒说明',
    '带了多少徒弟，他们现在怎么样；办过哪些培训班。',
    '累计带徒 23 人，其中 6 人取得高级技师资格。',
  ),
  claimHeritage: claimStatement(
    'heritage',
    '历史传统技艺技能传承说明',
    '传承的是什么技艺，怎样挖掘、传承和宣传。',
    '系统整理紫砂“打身筒”技法，拍摄教学片 12 集。',
  ),

  achievements: {
    kind: 'longText',
    label: '领办人近五年主要工作业绩及工作室成立来业绩',
    help: '按年份写，说清做了什么、结果如何。写不下可以另附材料。',
    example: '2019 年：……；2020 年：……',
    required: true,
    max: 1500,
    place: table,
  },
  awards: {
    kind: 'rows',
    label: '领办人近五年获奖情况',
    help: '从 2016 年起。没有可以不填。',
    max: 20,
    printed: 5,
    place: table,
    columns: {
      project: { kind: 'text', label: '获奖项目', help: '哪件作品或哪个项目得的奖。', example: '紫砂壶《春江》', required: true, max: 40 },
      award: { kind: 'text', label: '奖励名称', help: '照证书上写。', example: '江苏省陶瓷艺术设计大赛', required: true, max: 40 },
      grantor: { kind: 'text', label: '授予单位', help: '证书上盖章的单位。', example: '江苏省陶瓷行业协会', required: true, max: 40 },
      level: { kind: 'text', label: '等级', help: '奖的级别或等次。', example: '金奖', max: 20 },
      rank: { kind: 'text', label: '排名', help: '本人在获奖人中的排名。', example: '1/5', max: 10 },
      year: { kind: 'number', label: '年度', help: '哪一年得的奖。', example: '2019', required: true, min: 1970, max: 2100, unit: '年' },
    },
  },

  support: {
    kind: 'longText',
    label: '所在单位对工作室支持措施',
    help: '场地、经费、人员、制度等。',
    example: '每年安排专项经费 20 万元；提供场地 260 平方米；……',
    required: true,
    max: 800,
    place: table,
  },
  results: {
    kind: 'longText',
    label: '工作室成立以来的工作成效',
    help: '传技、攻关、研发、交流四个方面做成了什么。可以另附材料。',
    example: '传技：带徒 23 人；攻关：解决泥料开裂；研发：新品 15 件；交流：每年办展 2 次。',
    required: true,
    max: 1500,
    place: table,
  },
  facilities: {
    kind: 'longText',
    label: '工作室面积及设备设施情况',
    help: '面积多少平方米，分哪些区域，主要设备各几台。',
    example: '总面积 260 平方米，其中制作区 120 平方米；泥凳 16 张，电窑 3 座。',
    required: true,
    max: 800,
    place: table,
  },
  plan: {
    kind: 'longText',
    label: '今后工作开展计划',
    help: '未来两三年打算做什么，尽量有数字。',
    example: '三年内带徒 15 人，完成 2 项工艺攻关，每年办 4 期公益培训。',
    required: true,
    max: 1500,
    place: table,
  },
} as const satisfies Fields
