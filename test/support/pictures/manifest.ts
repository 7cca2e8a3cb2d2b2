/** Written by make.ts. */
import type { FileFacts } from '../../../src/domain/forms/kinds'

export const manifest: Record<string, FileFacts> = {
  'premises-overview': {
    sha256: 'e1ddd9528da7cdf4695dcbada19c7f6b1beee7e614b30067b46039ba55b630f3',
    bytes: 63002, type: 'image/jpeg', width: 1280, height: 960, name: 'premises-overview.jpg',
  },
  'premises-entrance': {
    sha256: '2678fcf82db6f8e3a4177738c49bb3c86d63ff9cca7ce36971b5916315797fd3',
    bytes: 41939, type: 'image/jpeg', width: 1280, height: 960, name: 'premises-entrance.jpg',
  },
  'premises-equipment': {
    sha256: 'a577be297409dc1d6ec868578f0d5173c425626060fae143ebf8246aac3a4965',
    bytes: 41484, type: 'image/jpeg', width: 1280, height: 960, name: 'premises-equipment.jpg',
  },
  'premises-bench': {
    sha256: 'a3d0f871b6316c7571c2cf9d3ab5477468307e89577e0de14e6612c72e9b8b36',
    bytes: 35796, type: 'image/jpeg', width: 1280, height: 960, name: 'premises-bench.jpg',
  },
  'premises-training': {
    sha256: '696ecf3792b89911858bebe22ba1cdafdf7df334780053ba34410754c8fa2198',
    bytes: 62452, type: 'image/jpeg', width: 1280, height: 960, name: 'premises-training.jpg',
  },
  'premises-safety': {
    sha256: '3057936998df18fb6b96fd306e8d37d4e3e069669f67c4c11a121ae3e06dd49a',
    bytes: 51483, type: 'image/jpeg', width: 1280, height: 960, name: 'premises-safety.jpg',
  },
  'premises-rules': {
    sha256: 'd8477681a101cc54b21eab12f65eed5a16c392faeec44bbaf742a4b7e321cf1a',
    bytes: 65680, type: 'image/jpeg', width: 1280, height: 960, name: 'premises-rules.jpg',
  },
  'premises-works': {
    sha256: '06adc76122606423dba9db9a377274bdfaa5cbc0355e11ee4d821fdc600fb497',
    bytes: 72544, type: 'image/jpeg', width: 1280, height: 960, name: 'premises-works.jpg',
  },
  'premises-team': {
    sha256: 'b479b8aa5b279013cd7bf1cb3c4dfd9e22c659f48d8e0a6e69757fa1741e6cbf',
    bytes: 66318, type: 'image/jpeg', width: 1280, height: 960, name: 'premises-team.jpg',
  },
  'portrait-lu': {
    sha256: '574e0d79c9bbaaacb3892a4fb4395216411feae5925fec5b672b43a6d987fee2',
    bytes: 12460, type: 'image/jpeg', width: 413, height: 579, name: 'portrait-lu.jpg',
  },
  'licence-studio': {
    sha256: '5ef90a390d6ab363e3e435201cd9f2391d543de5601183c9516c8b616c0b17ed',
    bytes: 72689, type: 'image/jpeg', width: 1200, height: 848, name: 'licence-studio.jpg',
  },
  'licence-technician': {
    sha256: '97fe02c5c80319166e7e970849af064666368d4cc8aba6cd940896fefffbd37c',
    bytes: 73103, type: 'image/jpeg', width: 1200, height: 848, name: 'licence-technician.jpg',
  },
  'licence-school': {
    sha256: '19da7f8fe4e253ab9332ae6437f23dfbb7b5252f0cec5837f075defa492a57a4',
    bytes: 69479, type: 'image/jpeg', width: 1200, height: 848, name: 'licence-school.jpg',
  },
  'agreement-1': {
    sha256: '9d4ae17cb36e4e0e986319e2fc7b05722b01daa02381e25d4f50437bdd762153',
    bytes: 78200, type: 'image/jpeg', width: 900, height: 1273, name: 'agreement-1.jpg',
  },
  'agreement-2': {
    sha256: '06d8ffdca7915d451e5a32192a4d08c20cf64c05ba168630e978a6db313b8e65',
    bytes: 57124, type: 'image/jpeg', width: 900, height: 1273, name: 'agreement-2.jpg',
  },
  'idcard-zhou': {
    sha256: '21f6ecf7be4d4bbdfab46f2f2c0c33326cfe223e0207769b6ceed1357f715742',
    bytes: 71672, type: 'image/jpeg', width: 1012, height: 638, name: 'idcard-zhou.jpg',
  },
  'idcard-back-yixing': {
    sha256: 'e62e8cff6bdfa8cb6255a38c1c2c2c3d173d332e29ac8d300e82c19bdd872184',
    bytes: 74063, type: 'image/jpeg', width: 1012, height: 638, name: 'idcard-back-yixing.jpg',
  },
  'idcard-lu': {
    sha256: 'a1ebc1d7afd2eacfc69e9d93af6dff0b720304c37b401b6a2886fc23a858109b',
    bytes: 71387, type: 'image/jpeg', width: 1012, height: 638, name: 'idcard-lu.jpg',
  },
  'idcard-back-wuxi': {
    sha256: '9cbf55ec1ab5aaee32799682b8e2c4f559df86ab75d29c5957a6950dce21bb55',
    bytes: 74186, type: 'image/jpeg', width: 1012, height: 638, name: 'idcard-back-wuxi.jpg',
  },
  'education-zhou': {
    sha256: '499ecb19f3319ea5396df8a401d1825d2d0f430668b13bd7690066509bfa0965',
    bytes: 62269, type: 'image/jpeg', width: 1100, height: 778, name: 'education-zhou.jpg',
  },
  'education-lu': {
    sha256: 'b6c9afecfa6a68f1fd4c3d626ebe4d3324b2ea46edcd083362d8e8538580c284',
    bytes: 64807, type: 'image/jpeg', width: 1100, height: 778, name: 'education-lu.jpg',
  },
  'qualification-zhou': {
    sha256: '5cceef3e2197ad156101bf8b48da6045ab1b53616ae4befe8c48bcf1dfd764b7',
    bytes: 69424, type: 'image/jpeg', width: 1100, height: 778, name: 'qualification-zhou.jpg',
  },
  'qualification-lu': {
    sha256: '5c528acb26ff5e78803d363b88d756468db08656276ebab6290669d1281dd20e',
    bytes: 67892, type: 'image/jpeg', width: 1100, height: 778, name: 'qualification-lu.jpg',
  },
  'founding-document': {
    sha256: '58104aadc28c24f99b94e36b4dd2ffd8513811baaefa4044bba2ba4a30f16b4e',
    bytes: 76707, type: 'image/jpeg', width: 900, height: 1273, name: 'founding-document.jpg',
  },
  'award-zhou-1': {
    sha256: '588ed87da482d57ff90ea791c71f75da269e697433d798e80b6808d7cf778446',
    bytes: 65906, type: 'image/jpeg', width: 1100, height: 778, name: 'award-zhou-1.jpg',
  },
  'award-zhou-2': {
    sha256: '6fe9446f51df173651a93dc1b44d32ccda72083bbf241bf045f52c219f40bc92',
    bytes: 63224, type: 'image/jpeg', width: 1100, height: 778, name: 'award-zhou-2.jpg',
  },
  'publication-zhou': {
    sha256: '928f7156268915fee9a2826095bd70fa4c8240a6af30cd29f01250bf3acbf838',
    bytes: 32792, type: 'image/jpeg', width: 800, height: 1120, name: 'publication-zhou.jpg',
  },
  'publication-lu': {
    sha256: '09762d0513a29f19c5a27185fb88dcb064dfc2a8cbabf1c659f0d575a16d2bc8',
    bytes: 40381, type: 'image/jpeg', width: 800, height: 1120, name: 'publication-lu.jpg',
  },
  'proof-innovation': {
    sha256: '3b07df5862fc9d54e17e79f852ba3f0e1e88a6612d6a617a96dc7445255c03b2',
    bytes: 74506, type: 'image/jpeg', width: 900, height: 1273, name: 'proof-innovation.jpg',
  },
  'proof-teaching-zhou': {
    sha256: 'ca74cabe0d11c83beeecefc5baedc4be92ac606d2b4ec4f647094a0984084b76',
    bytes: 62323, type: 'image/jpeg', width: 900, height: 1273, name: 'proof-teaching-zhou.jpg',
  },
  'proof-heritage': {
    sha256: '86897b76bc8f28f75709c9e77ac5c099a73fecd249ada7ffb50c09556d14e5db',
    bytes: 62240, type: 'image/jpeg', width: 900, height: 1273, name: 'proof-heritage.jpg',
  },
  'proof-mastery': {
    sha256: '936bc22e0bf160469ee7138c75ef08e3f57d3726056475ff1d097dd954cb4f84',
    bytes: 63817, type: 'image/jpeg', width: 900, height: 1273, name: 'proof-mastery.jpg',
  },
  'proof-invention': {
    sha256: 'e75ae16fd7ca10a617d5b9332b36f275bc6a7a741aa630d6ee4ef4a452b57c35',
    bytes: 68322, type: 'image/jpeg', width: 1100, height: 778, name: 'proof-invention.jpg',
  },
  'proof-teaching-lu': {
    sha256: '08fb1b167a45a932ea509635b5aae69375679a43ac212000ab36f89bd0127888',
    bytes: 57806, type: 'image/jpeg', width: 900, height: 1273, name: 'proof-teaching-lu.jpg',
  },
  'award-lu-1': {
    sha256: '2012467716fc3314e57ce0098432fcb59c2e34d2c48ba6b3dd6cc718bb551404',
    bytes: 61272, type: 'image/jpeg', width: 1100, height: 778, name: 'award-lu-1.jpg',
  },
  'award-lu-2': {
    sha256: 'cd8cc25f160ef88bc8cee523612fb5f9cd523859f58680841107aabdcdb7cc5f',
    bytes: 59826, type: 'image/jpeg', width: 1100, height: 778, name: 'award-lu-2.jpg',
  },
  'sealed-annex1-1': {
    sha256: '306395bda84b95984f89458e498756f97bb88e30e7f5442a184ecb4df6bb47f1',
    bytes: 59692, type: 'image/jpeg', width: 900, height: 1273, name: 'sealed-annex1-1.jpg',
  },
  'sealed-annex1-2': {
    sha256: '72d0882a274d8faffb44b7b143af9f07ece0539ea1a823999dedede3d28f88aa',
    bytes: 55617, type: 'image/jpeg', width: 900, height: 1273, name: 'sealed-annex1-2.jpg',
  },
  'sealed-annex1-3': {
    sha256: '81ab28dd4908f44a84a6bff81b8fe54b02c68fd4946087c4d22038fa9294e12d',
    bytes: 51839, type: 'image/jpeg', width: 900, height: 1273, name: 'sealed-annex1-3.jpg',
  },
  'sealed-report-1': {
    sha256: 'bafaf6ba31e6326683fc5e89519d7744e01a6047dbae174ee218a35c40c1d686',
    bytes: 62446, type: 'image/jpeg', width: 900, height: 1273, name: 'sealed-report-1.jpg',
  },
  'sealed-report-2': {
    sha256: 'f9c193974f80e57355b043855f760ed74862f95787bce8c8437f609950900d18',
    bytes: 60809, type: 'image/jpeg', width: 900, height: 1273, name: 'sealed-report-2.jpg',
  },
  'sealed-annex2-1': {
    sha256: '77c1c17429bd7bc1a31401ed7256e02486717ff60c43f00ba256eb147ff6f160',
    bytes: 46916, type: 'image/jpeg', width: 900, height: 1273, name: 'sealed-annex2-1.jpg',
  },
  'sealed-annex2-2': {
    sha256: '308920289954833b22bf8cde8b8d0763cc05930963c3f614172f396068e4114e',
    bytes: 59217, type: 'image/jpeg', width: 900, height: 1273, name: 'sealed-annex2-2.jpg',
  },
  'sealed-annex2-3': {
    sha256: 'f396ce2e30b5a12df5b71660d47c6a1df9acb18efe2c441ca8717b89871db70f',
    bytes: 48022, type: 'image/jpeg', width: 900, height: 1273, name: 'sealed-annex2-3.jpg',
  },
  'sealed-dossier-1': {
    sha256: 'e572cc80fc425157681c5e656d800b64f666952ae7738c5756a020dcca6fe6e7',
    bytes: 63313, type: 'image/jpeg', width: 900, height: 1273, name: 'sealed-dossier-1.jpg',
  },
  'sealed-dossier-2': {
    sha256: 'b96c05a6c1bb42acd15fc374f51c4cc990c1ee392a7b03dcfef03f907fbc8345',
    bytes: 59773, type: 'image/jpeg', width: 900, height: 1273, name: 'sealed-dossier-2.jpg',
  },
  'studio-results': {
    sha256: '3fae3dac936ca0e5154576d885b78bf8d115d7e340eddf1cff920b158baad5f9',
    bytes: 154047, type: 'application/pdf', pages: 3, name: 'studio-results.pdf',
  },
}
