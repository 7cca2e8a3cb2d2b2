/** Fields that both awards ask in the same way. */
import type { Fields, SimpleField } from './kinds'
import { districts, recommenders, titlesHeld } from './lists'

export const unitFields = {
  uscc: {
    kind: 'uscc',
    label: '统一社会信用代码',
    help: '营业执照或法人证书上的 18 位代码，可以照着证照输入，系统会核对校验码。',
    example: '91320213MA1N2K3L4P 这样的 18 位',
    required: true,
  },
  district: {
    kind: 'choice',
    label: '单位所在区',
    help: '单位注册或实际经营地所在的市（县）、区，由该地人社局负责初审。',
    required: true,
    options: districts,
  },
  recommender: {
    kind: 'choice',
    label: '推荐单位',
    help: '负责推荐您的地区、部门、集团或行业协会。不清楚时可以问单位人事部门。',
    required: true,
    options: recommenders,
  },
} as const satisfies Fields

export const heldFields = {
  titlesHeld: {
    kind: 'choices',
    label: '已获得的称号',
    help: '以前得过的称号不能重复申报，请如实勾选。',
    required: true,
    options: titlesHeld,
  },
} as const satisfies Fields

export const equivalentGrounds = {
  kind: 'longText',
  label: '同等技能水平的依据',
  help: '写明为什么相当于技师以上水平，例如职称、竞赛名次、专利、行业公认的成果。',
  example: '2018 年获省级技能竞赛第一名；主持制定企业标准 2 项。',
  required: true,
  max: 500,
  identity: false,
} as const satisfies SimpleField

/** 一事一议, section 三 of the notice: conditions may be waived, each with its reason on record. */
export const exceptionFields = {
  exception: {
    kind: 'yesNo',
    label: '申请一事一议',
    help: '只适用于物联网、集成电路、生物医药、高端装备、数字经济、智能制造等领域中，现行职业目录还没有列入的特殊技能人才。绝大多数人选“否”。',
  },
  exceptionReasons: {
    kind: 'longText',
    label: '一事一议的理由',
    help: '写明所在领域、影响力和贡献，以及为什么现行目录不能界定您的技能。',
    example: '从事工业机器人视觉标定，现行目录没有对应工种；牵头完成……',
    required: true,
    max: 800,
    when: { field: 'exception', in: [true] },
  },
} as const satisfies Fields

/** Whoever isn't awarded needn't have told: bank data is only needed before the money is paid. */
export const bankParts = {
  bankCard: {
    kind: 'bankCard',
    label: '本人银行卡号',
    help: '奖励资金直接划到这张卡，必须是本人的卡，16 至 19 位。现在可以不填，发放资金前要补上。',
    example: '6222 开头的 19 位卡号',
    sensitive: 'bank',
  },
  cardBank: {
    kind: 'text',
    label: '开卡银行名称',
    help: '写到支行，可以看卡背面或问银行。',
    example: '中国工商银行无锡新吴支行',
    max: 60,
  },
} as const satisfies Fields

/** What a claimed condition rests on; asked while it is claimed. */
export const claimStatement = (claim: string, label: string, help: string, example: string) =>
  ({
    kind: 'longText',
    label,
    help,
    example,
    required: true,
    max: 800,
    when: { field: 'claims', in: [claim] },
  }) as const
