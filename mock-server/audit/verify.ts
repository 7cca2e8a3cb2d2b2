/** `npm run audit:verify [-- FILE]`: whether the audit is what it was; FILE is an earlier output of `audit:head`. */
import { readFile } from 'node:fs/promises'
import { runTool } from '../tool'
import { verifyAudit, type Heads } from './chains'

await runTool(async ({ db, rest: [file], say }) => {
  const heads = file ? (JSON.parse(await readFile(file, 'utf8')) as Heads) : undefined
  const { entries, faults } = await verifyAudit(db, heads)
  for (const { chain, seq, words } of faults) say(`批次 ${chain} 第 ${seq} 条：${words}`)
  say(faults.length === 0 ? `${entries} 条记录，没有发现改动。` : `${entries} 条记录，发现 ${faults.length} 处。`)
  if (!file) say('没有给出以前的链头文件，末尾被截掉、整条链被重写查不出来。')
  return faults.length === 0 ? 0 : 1
})
