/** Where answers are printed. */
export const cover = '附件2 封面'
export const table = '附件2 申报表'
export const dossier = '综合材料'
