/** Where answers are printed. */
export const cover = '附件1 封面'
export const table = '附件1 申报表'
export const report = '申办报告'
