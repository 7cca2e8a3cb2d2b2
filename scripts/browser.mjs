// Finds the browser that journeys and measurements need, or installs Debian's.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const PLACES = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/usr/bin/chromium-browser']
const HINT = 'Debian 或 Ubuntu：sudo apt-get install -y chromium fonts-noto-cjk；其他系统：安装 Chrome，并用环境变量 CHROMIUM 写明它的路径。'

/** The launch arguments that every headless run here shares: no sandbox for root, and silence on the network. */
export const browserArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The path of a Chromium; null when there is none. */
export function findBrowser() {
  const wanted = process.env.CHROMIUM
  return [...(wanted ? [wanted] : []), ...PLACES].find((place) => existsSync(place)) ?? null
}

/**
 * Makes sure that browser and Chinese fonts are there, and in CI LibreOffice, which opens the printed documents.
 * @returns {string} the browser's path
 * @throws with one clear line when something is missing and can't be installed
 */
export function ensureBrowser() {
  const missing = [
    ...(findBrowser() ? [] : ['chromium']),
    ...(hasChineseFont() ? [] : ['fonts-noto-cjk']),
    ...(process.env.CI && !works('soffice', ['--version']) ? ['libreoffice-writer'] : []),
  ]
  if (missing.length > 0 && process.getuid?.() === 0 && works('apt-get', ['--version'])) install(missing)
  const browser = findBrowser()
  if (!browser) throw new Error(`缺少浏览器 Chromium。${HINT}`)
  return browser
}

function install(packages) {
  console.log(`正在安装 Debian 软件包：${packages.join(' ')}`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  spawnSync('apt-get', ['update', '-q'], { stdio: 'inherit', env })
  spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { stdio: 'inherit', env })
}

function hasChineseFont() {
  const { stdout } = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' })
  return Boolean(stdout?.trim())
}

function works(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0
}

if (process.argv[1] === import.meta.filename) console.log(ensureBrowser())
