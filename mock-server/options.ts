import { parseArgs } from 'node:util'

export interface Options {
  /** Where the server's clock starts, ms; null: the machine's time. */
  now: number | null
  /** Address to listen on for phones in the same network; null: this machine only. */
  host: string | null
  port: number
  cert: string | undefined
  key: string | undefined
  dataDir: string
}

/** @throws with a sentence for the operator */
export function optionsFrom(args: readonly string[]): Options {
  // `--host` alone means every address; the parser knows only options with or without a value.
  const spelled = args.map((arg, i) => (arg === '--host' && (args[i + 1] ?? '--').startsWith('--') ? '--host=0.0.0.0' : arg))
  const { values } = parseArgs({
    args: spelled,
    options: {
      now: { type: 'string' },
      host: { type: 'string' },
      port: { type: 'string', default: '8080' },
      cert: { type: 'string' },
      key: { type: 'string' },
      data: { type: 'string', default: '.data' },
    },
  })
  const now = values.now === undefined ? null : Date.parse(values.now)
  if (Number.isNaN(now)) throw new Error(`--now 的时间读不懂：${values.now}。例：--now 2021-04-20T09:00+08:00`)
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port 要写 0 到 65535 的数字：${values.port}`)
  if (Boolean(values.cert) !== Boolean(values.key)) throw new Error('--cert 和 --key 要一起给。')
  const host = values.host ?? (values.cert ? '0.0.0.0' : null)
  return { now, host, port, cert: values.cert, key: values.key, dataDir: values.data }
}
