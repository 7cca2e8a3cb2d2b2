/** Lists of choices, each with its source. Values are the official words themselves: they are printed as they stand. */
import { quotas2021 } from '../calls/quotas2021'
import type { Option } from './kinds'

const words = <const W extends string>(list: readonly W[]) => list.map((value) => ({ value, label: value as string }))


/** GB/T 3304-1991, current names, and the two entries that registers use beside them. */
export const ethnicGroups = words(
  '汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族 其他 外国血统中国籍人士'.split(
    ' ',
  ),
)

/** GB/T 4762-1984; the twelfth value is shown by its name of today. */
export const politicalStatuses = words(
  '中共党员 中共预备党员 共青团员 民革党员 民盟盟员 民建会员 民进会员 农工党党员 致公党党员 九三学社社员 台盟盟员 无党派人士 群众'.split(
    ' ',
  ),
)

/** GB/T 4658-2006, the levels that people name, with 技工学校. */
export const educations = words(
  '研究生 大学本科 大学专科 中等职业教育 技工学校 普通高级中学 初级中学 小学 其他'.split(' '),
)

/** GB/T 6864-2003. */
export const degrees = words('无学位 名誉博士 博士 硕士 学士'.split(' '))

/** From low to high; the 2021 notice asks for 二级 (技师) or above. The two highest exist since 2022. */
export const qualificationLevels = [
  { value: '学徒工', label: '学徒工' },
  { value: '五级', label: '五级（初级工）' },
  { value: '四级', label: '四级（中级工）' },
  { value: '三级', label: '三级（高级工）' },
  { value: '二级', label: '二级（技师）' },
  { value: '一级', label: '一级（高级技师）' },
  { value: '特级技师', label: '特级技师' },
  { value: '首席技师', label: '首席技师' },
  { value: '同等水平', label: '同等技能水平', hint: '没有对应的等级证书，但技能达到技师以上，需要写明依据' },
] as const satisfies readonly Option[]

/** Where a unit lies; its human-resources bureau reviews first. */
export const districts = words([
  '江阴市',
  '宜兴市',
  '锡山区',
  '惠山区',
  '梁溪区',
  '滨湖区',
  '新吴区',
  '经开区',
] as const)

export const regions = [
  ...districts.map(({ value }) => `江苏省无锡市${value}`.replace('无锡市江阴市', '江阴市').replace('无锡市宜兴市', '宜兴市')),
  '其他地区',
]

/** Annex 3. */
export const recommenders = quotas2021.map(({ name }) => ({ value: name, label: name }))

/** The kinds of host that section 一(二) of the notice names, with the paper that each brings. */
export const hostKinds = [
  { value: 'enterprise', label: '企业' },
  { value: 'industry', label: '行业组织' },
  { value: 'research', label: '研发中心' },
  { value: 'university', label: '在锡高校' },
  { value: 'school', label: '技工院校（职业院校）' },
  { value: 'heritage', label: '历史传统技能技艺传承地' },
  { value: 'base', label: '高技能人才培养示范基地' },
  { value: 'other', label: '其他' },
] as const satisfies readonly Option[]

export const employerKinds = [
  { value: 'enterprise', label: '企业' },
  { value: 'institution', label: '事业单位（工勤岗位）' },
  { value: 'other', label: '其他' },
] as const satisfies readonly Option[]

/** For the working age of women (T2): 50 for workers, 55 for managerial or technical posts. */
export const postKinds = [
  { value: 'worker', label: '工人岗位', hint: '女性退休年龄 50 周岁' },
  { value: 'staff', label: '管理或技术岗位', hint: '女性退休年龄 55 周岁' },
] as const satisfies readonly Option[]

export const titlesHeld = [
  { value: 'studio', label: '无锡市技能大师工作室（领办人）' },
  { value: 'technician', label: '无锡市企业首席技师' },
  { value: 'none', label: '以上都没有' },
] as const satisfies readonly Option[]

/** One of these at least: notice, section 一(三). */
export const studioClaims = [
  { value: 'innovation', label: '创新创优' },
  { value: 'breakthrough', label: '技术攻关' },
  { value: 'transfer', label: '科技成果转化' },
  { value: 'teaching', label: '授艺带徒' },
  { value: 'heritage', label: '历史传统技艺技能传承' },
] as const satisfies readonly Option[]

/** One of these at least: notice, section 二(一). */
export const technicianClaims = [
  { value: 'mastery', label: '绝招绝技，排除重大关键技术障碍' },
  { value: 'invention', label: '发明创造、重大革新或先进操作法' },
  { value: 'standard', label: '编制国家级标准工艺、工作法' },
  { value: 'teaching', label: '传绝技、带高徒' },
] as const satisfies readonly Option[]
