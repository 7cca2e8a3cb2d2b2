/** Papers, certificates and evidence. */
import type { Fields } from '../kinds'

export const technicianMaterials = {
  licence: {
    kind: 'photos',
    label: '组织机构代码证',
    help: '已经停用，交带统一社会信用代码的营业执照或事业单位法人证书即可。',
    required: true,
    accept: 'scan',
    max: 4,
  },
  idCard: {
    kind: 'photos',
    label: '身份证',
    help: '正面和背面，四角都要拍到。',
    required: true,
    accept: 'scan',
    max: 2,
    sensitive: 'id',
  },
  educationCert: { kind: 'photos', label: '学历证书', help: '最高学历证书。', required: true, accept: 'scan', max: 4 },
  qualificationCert: {
    kind: 'photos',
    label: '职业资格证书或职称证书',
    help: '有照片和等级的那几页。',
    required: true,
    accept: 'scan',
    max: 6,
  },
  achievementProofs: {
    kind: 'photos',
    label: '业绩证明',
    help: '所选的每一项申报条件，至少一份证明。拍完标明证明哪一项。',
    required: true,
    accept: 'scan',
    max: 20,
  },
  awardCerts: { kind: 'photos', label: '获奖证书', help: '有奖的都拍，没有可以不交。', accept: 'scan', max: 20 },
  publications: { kind: 'photos', label: '出版物', help: '封面、版权页和署名的那一页。没有可以不交。', accept: 'scan', max: 20 },
} as const satisfies Fields
