/** Which picture of test/support/pictures stands in which slot of the sample technician. */
import { file } from './pictures'

export const technicianFiles = [
  file('portrait', 'portrait-lu'),
  file('licence', 'licence-technician'),
  file('idCard', 'idcard-lu', { caption: '正面' }),
  file('idCard', 'idcard-back-wuxi', { caption: '背面' }),
  file('educationCert', 'education-lu'),
  file('qualificationCert', 'qualification-lu'),
  file('achievementProofs', 'proof-mastery', { proves: 'mastery', caption: '热变形补偿前后检测报告' }),
  file('achievementProofs', 'proof-invention', { proves: 'invention', caption: '实用新型专利证书' }),
  file('achievementProofs', 'proof-teaching-lu', { proves: 'teaching', caption: '师徒协议和徒弟获奖情况' }),
  file('awardCerts', 'award-lu-1', { caption: '市职业技能竞赛第二名' }),
  file('awardCerts', 'award-lu-2', { caption: '区劳动模范' }),
  file('publications', 'publication-lu', { caption: '《五轴编程与找正三十例》封面' }),
  file('sealedAnnex', 'sealed-annex2-1', { caption: '封面' }),
  file('sealedAnnex', 'sealed-annex2-2', { caption: '申报表' }),
  file('sealedAnnex', 'sealed-annex2-3', { caption: '意见栏' }),
  file('sealedDossier', 'sealed-dossier-1', { caption: '首页' }),
  file('sealedDossier', 'sealed-dossier-2', { caption: '盖章页' }),
]
