/** The sections of the 申办报告; the studio's name stands first and is composed. */
import type { Fields } from '../kinds'
import { report } from './places'

export const studioReport = {
  reportMembers: {
    kind: 'longText',
    label: '领办人和成员简介',
    help: '领办人写详细一些，成员每人两三句。',
    example: '周某某，高级技师，从艺 30 年……；吴某某，技师，负责成型……',
    required: true,
    max: 2000,
    place: report,
  },
  reportBasics: {
    kind: 'longText',
    label: '工作室基本条件',
    help: '成立时间、场地设备、制度、经费。',
    example: '2016 年成立，场地 260 平方米，有带徒、安全等制度 6 项，每年经费 20 万元。',
    required: true,
    max: 1500,
    place: report,
  },
  reportNeed: {
    kind: 'longText',
    label: '必要性和可行性',
    help: '为什么要申报市级工作室，凭什么能办好。',
    example: '本地从业人员多而高技能人才少；工作室已有稳定的师傅、场地和课程。',
    required: true,
    max: 1500,
    place: report,
  },
  reportSupport: {
    kind: 'longText',
    label: '单位支持措施',
    help: '默认用申报表里写的，需要更详细时再改。',
    example: '安排专项经费、配备助手、计入工时。',
    required: true,
    max: 1500,
    follows: 'support',
    place: report,
  },
  reportPlan: {
    kind: 'longText',
    label: '工作计划',
    help: '默认用申报表里写的，需要更详细时再改。',
    example: '第一年完善课程，第二年完成两项攻关，第三年推广。',
    required: true,
    max: 1500,
    follows: 'plan',
    place: report,
  },
  reportDirections: {
    kind: 'longText',
    label: '主要工作方向',
    help: '工作室建立后主攻哪几个方向。',
    example: '一是传统成型技艺整理；二是泥料配方改良；三是青年人才培养。',
    required: true,
    max: 800,
    place: report,
  },
} as const satisfies Fields
