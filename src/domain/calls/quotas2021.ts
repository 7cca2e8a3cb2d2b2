/** Who may recommend in 2021, and how many: Annex 3 of the notice. A blank cell reads as 0. */
export type RecommenderKind = 'city' | 'district' | 'zone' | 'department' | 'group' | 'association' | 'schools'

export interface Quota {
  name: string
  kind: RecommenderKind
  studio: number
  technician: number
}

const rows = [
  ['江阴市', 'city', 3, 8],
  ['宜兴市', 'city', 3, 8],
  ['锡山区', 'district', 3, 6],
  ['惠山区', 'district', 3, 6],
  ['梁溪区', 'district', 3, 6],
  ['滨湖区', 'district', 3, 6],
  ['新吴区', 'district', 3, 6],
  ['经开区', 'zone', 1, 2],
  ['教育局', 'department', 1, 0],
  ['水利局', 'department', 1, 2],
  ['农业农村局', 'department', 2, 2],
  ['产业集团', 'group', 1, 2],
  ['地铁集团', 'group', 1, 3],
  ['文旅集团', 'group', 1, 3],
  ['君来集团', 'group', 1, 3],
  ['国联集团', 'group', 1, 3],
  ['太湖新城集团', 'group', 1, 2],
  ['交通产业集团', 'group', 1, 2],
  ['烹饪餐饮协会', 'association', 1, 1],
  ['纺织工业协会', 'association', 1, 1],
  ['物联网产业协会', 'association', 1, 2],
  ['智能工业产业协会', 'association', 1, 2],
  ['动漫行业协会', 'association', 1, 1],
  ['工艺美术学会', 'association', 1, 2],
  ['锻压协会', 'association', 1, 1],
  ['电子工业协会', 'association', 1, 1],
  ['建筑机械协会', 'association', 1, 1],
  ['机械工业联合会', 'association', 1, 1],
  ['模具行业协会', 'association', 1, 1],
  ['铸造协会', 'association', 1, 1],
  ['机动车维修行业协会', 'association', 1, 2],
  ['机器人与智能制造协会', 'association', 1, 1],
  ['电子商务协会', 'association', 1, 1],
  ['能源产业协会', 'association', 1, 1],
  ['技工院校', 'schools', 1, 0],
] as const satisfies readonly (readonly [string, RecommenderKind, number, number])[]

export const quotas2021: readonly Quota[] = rows.map(([name, kind, studio, technician]) => ({ name, kind, studio, technician }))

/** Within 宜兴's quota, trades of 紫砂业 have a limit of their own. */
export const subLimits2021 = [{ name: '宜兴市', trade: '紫砂业', studio: 1, technician: 2 }] as const
