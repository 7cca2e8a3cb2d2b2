/** The pottery studio, one illustration per shot of the guided list; 1280 × 960. */
import { box, person, teapot, vase, words } from './figures'
import type { Drawing } from './papers'

const clay = ['#7a4331', '#8c5238', '#a0623f', '#5e382d', '#b4794e', '#69483a']
const tone = (i: number) => clay[i % clay.length] ?? '#7a4331'
const times = (n: number, draw: (i: number) => string) => Array.from({ length: n }, (_, i) => draw(i)).join('')

const room = (wall = '#efe4d0', floor = '#b9956c') => `
${box(0, 0, 1280, 960, wall)}<path d="M0 690h1280v270H0z" fill="${floor}"/>${times(9, (i) => `<path d="M${640 + (i - 4) * 90} 690L${640 + (i - 4) * 330} 960" stroke="#0002" stroke-width="3"/>`)}
${box(0, 678, 1280, 14, '#8a6a48')}`
const windowAt = (x: number) => `${box(x, 150, 260, 300, '#6b4b32', 'rx="6"')}${box(x + 14, 164, 232, 272, '#cfe6ee')}
<path d="M${x + 14} 360q60-60 120-10t112-40v126h-232z" fill="#a9c8a0"/>${box(x + 124, 164, 12, 272, '#6b4b32')}${box(x + 14, 294, 232, 10, '#6b4b32')}`
const bench = (x: number, y: number, width = 300) => `${box(x, y, width, 26, '#8b5e38', 'rx="4"')}${box(x + 16, y + 26, 26, 150, '#74492a')}${box(x + width - 42, y + 26, 26, 150, '#74492a')}`
const shelf = (x: number, y: number, columns: number, things: (x: number, y: number, i: number) => string) => `
${box(x - 14, y - 30, columns * 130 + 28, 500, '#7d5433', 'rx="6"')}${times(3, (row) => `${box(x, y - 14 + row * 160, columns * 130, 136, '#f3e6cf')}
${times(columns, (i) => things(x + 65 + i * 130, y + 118 + row * 160, row * columns + i))}`)}`
const kiln = (x: number, y: number) => `${box(x, y, 260, 330, '#9aa3a8', 'rx="12"')}${box(x + 24, y + 30, 212, 190, '#6d777d', 'rx="8"')}
<circle cx="${x + 130}" cy="${y + 125}" r="46" fill="#f2a03d"/><circle cx="${x + 130}" cy="${y + 125}" r="30" fill="#ffd98a"/>
${box(x + 30, y + 244, 92, 54, '#26333a', 'rx="4"')}${words(x + 76, y + 282, 28, '1120', '#7dff9a')}<circle cx="${x + 166}" cy="${y + 270}" r="14" fill="#d8402f"/><circle cx="${x + 208}" cy="${y + 270}" r="14" fill="#3fae5c"/>`
const pendant = (x: number) => `<path d="M${x} 0v70" stroke="#4a3728" stroke-width="5"/><path d="M${x - 50} 110q50-80 100 0z" fill="#4a3728"/><ellipse cx="${x}" cy="112" rx="50" ry="9" fill="#fff3c4"/>`

const scenes: Record<string, string> = {
  overview: `${room()}${windowAt(90)}${windowAt(400)}${times(3, (i) => pendant(220 + i * 340))}${shelf(850, 240, 3, (x, y, i) => (i % 3 ? teapot(x, y, 0.66, tone(i)) : vase(x, y, 0.86, tone(i))))}
${bench(60, 640, 330)}${teapot(160, 640, 0.8, clay[0] ?? '')}${teapot(300, 640, 0.6, clay[4] ?? '')}${bench(450, 640, 330)}${vase(540, 640, 0.8, '#caa27a')}${person(680, 640, 0.95, '#58707c', 'long')}${box(450, 640, 330, 26, '#8b5e38', 'rx="4"')}
${times(3, (i) => `<ellipse cx="${150 + i * 190}" cy="880" rx="54" ry="16" fill="#6d4427"/>${box(102 + i * 190, 880, 96, 40, '#5b3820')}`)}`,
  entrance: `${box(0, 0, 1280, 960, '#d9e3e2')}${box(0, 120, 1280, 680, '#f2eee3')}<path d="M0 150L0 60Q640-40 1280 60v90z" fill="#4c5257"/>${times(27, (i) => `<path d="M${i * 49} 64v86" stroke="#3a3f43" stroke-width="9"/>`)}
${box(0, 800, 1280, 160, '#a7a199')}${box(430, 300, 420, 500, '#5d3a26')}${box(448, 320, 186, 480, '#7b4d31')}${box(646, 320, 186, 480, '#7b4d31')}${times(3, (i) => box(470, 350 + i * 140, 142, 110, '#6a4029', 'rx="4"') + box(668, 350 + i * 140, 142, 110, '#6a4029', 'rx="4"'))}
<circle cx="624" cy="580" r="12" fill="#e3b64c"/><circle cx="656" cy="580" r="12" fill="#e3b64c"/>${box(370, 190, 540, 84, '#3c2a1e', 'rx="6"')}${words(640, 248, 46, '听泥坊', '#f0d38a')}
${box(900, 400, 130, 320, '#d8b45c', 'rx="4"')}${box(908, 408, 114, 304, '#e6c878')}${[...'周砚秋技能工作室'].map((letter, i) => words(965, 446 + i * 36, 31, letter, '#5a2d18')).join('')}
${times(2, (i) => `${box(190 + i * 900, 720, 110, 90, '#9b5a3b', 'rx="10"')}<circle cx="${245 + i * 900}" cy="650" r="86" fill="#5c8a57"/><circle cx="${205 + i * 900}" cy="690" r="56" fill="#6c9c64"/>`)}`,
  equipment: `${room('#e6e3da', '#a9a296')}${kiln(120, 370)}${kiln(420, 370)}
<g fill="#4f7a86">${box(760, 520, 380, 120, '#4f7a86', 'rx="16"')}${box(800, 640, 60, 110, '#3d616b')}${box(1040, 640, 60, 110, '#3d616b')}<path d="M820 520l40-110h120l40 110z"/></g>${box(1140, 556, 90, 50, '#a0623f', 'rx="6"')}
${box(860, 552, 170, 54, '#e9f1f2', 'rx="4"')}${words(945, 590, 30, '真空练泥机')}${box(150, 250, 200, 60, '#fff', 'rx="4"')}${words(250, 291, 30, '1号电窑')}${box(450, 250, 200, 60, '#fff', 'rx="4"')}${words(550, 291, 30, '2号电窑')}
<path d="M1000 60v170M1000 230h140" stroke="#9aa3a8" stroke-width="34" fill="none"/>`,
  bench: `${room('#eadfc9')}${windowAt(500)}${bench(70, 560, 1140)}${box(70, 560, 1140, 46, '#8b5e38', 'rx="6"')}<ellipse cx="330" cy="552" rx="120" ry="22" fill="#d8b98e"/>${teapot(330, 548, 1.5, '#8c5238')}
${times(7, (i) => `<g transform="translate(${600 + i * 52} 552) rotate(${-9 + i * 3})">${box(-7, -150 + (i % 3) * 20, 14, 150 - (i % 3) * 20, i % 2 ? '#c9a36a' : '#a97c45', 'rx="7"')}</g>`)}${box(580, 500, 380, 60, '#6f4a2c', 'rx="8"')}
<path d="M1010 556c0-40 20-56 60-56s60 20 60 56z" fill="#a0623f"/><path d="M130 556h90l-12-46h-66z" fill="#d7dde0"/>${box(90, 800, 260, 90, '#5b3820', 'rx="12"')}`,
  training: `${room('#e9efe6', '#b69a78')}${box(330, 120, 620, 330, '#2e4a3f', 'rx="8"')}${words(640, 210, 50, '打身筒　六步法', '#f4f1df')}${['一、打泥片　二、围身筒', '三、接口　　四、打下身', '五、打上身　六、修口底'].map((line, i) => words(640, 282 + i * 58, 36, line, '#dfe9da')).join('')}
${person(220, 700, 1.3, '#6d3b2c', 'long')}${times(5, (i) => person(300 + i * 190, 960, 1.05, ['#58707c', '#c07d54', '#7b8b5a', '#8d6a8f', '#4f7a86'][i] ?? '#58707c', i % 2 ? 'long' : 'short', false))}${times(5, (i) => teapot(395 + i * 190, 950, 0.5, tone(i)))}`,
  safety: `${room('#eef0ee', '#a9a296')}${times(2, (i) => `<g transform="translate(${250 + i * 130} 560)"><rect x="-40" y="-150" width="80" height="270" rx="34" fill="#d5261e"/>${box(-18, -196, 36, 50, '#333')}<path d="M18-180c60 0 50 90 44 140" stroke="#222" stroke-width="12" fill="none"/>${words(0, 0, 23, '灭火器', '#fff')}</g>`)}
${box(560, 180, 240, 240, '#8b969c', 'rx="12"')}<circle cx="680" cy="300" r="98" fill="#333d42"/>${times(6, (i) => `<ellipse transform="rotate(${i * 60} 680 300)" cx="680" cy="252" rx="24" ry="46" fill="#aeb9bf"/>`)}
${box(880, 260, 290, 440, '#f2b632', 'rx="8"')}${box(900, 330, 250, 350, '#fff7df')}${words(1025, 312, 38, '防护用品')}<ellipse cx="970" cy="430" rx="46" ry="34" fill="#eef3f5" stroke="#7c8a91" stroke-width="6"/><path d="M1050 470q45-90 90 0z" fill="#e8c21a"/>${box(930, 540, 80, 90, '#4f7a86', 'rx="14"')}${box(1050, 550, 70, 80, '#c7402f', 'rx="8"')}
${box(170, 170, 300, 110, '#1f8a4c', 'rx="8"')}${words(320, 242, 54, '安全出口 →', '#fff')}`,
  rules: `${room('#f0e8da')}${['工作室管理办法', '带徒协议', '安全操作规程'].map((title, i) => `${box(110 + i * 370, 150, 320, 460, '#6b4b32', 'rx="4"')}${box(124 + i * 370, 164, 292, 432, '#fffdf6')}${words(270 + i * 370, 226, 36, title, '#a3241f')}
${times(9, (row) => box(152 + i * 370, 262 + row * 34, row % 3 === 2 ? 150 : 236, 9, '#8d8577', 'rx="4"'))}`).join('')}${bench(380, 740, 520)}${teapot(560, 740, 0.9, '#7a4331')}${vase(740, 740, 0.9, '#b4794e')}`,
  works: `${room('#e8dcc6')}${shelf(120, 170, 8, (x, y, i) => (i % 4 === 2 ? vase(x, y, 1, tone(i)) : teapot(x, y, 0.74, tone(i * 5 + 1))))}${box(470, 730, 340, 90, '#7d5433', 'rx="6"')}${words(640, 790, 42, '“溪山”系列', '#f0d38a')}
${times(3, (i) => `<circle cx="${980 + i * 90}" cy="780" r="36" fill="#e0b23f" stroke="#a8801c" stroke-width="5"/>${words(980 + i * 90, 793, 34, '奖', '#7a5a10')}`)}`,
  team: `${room('#e9dfcc')}${windowAt(110)}${windowAt(910)}${box(430, 140, 420, 90, '#3c2a1e', 'rx="6"')}${words(640, 202, 50, '听泥坊', '#f0d38a')}
${[['#58707c', 'short'], ['#7b8b5a', 'long'], ['#6d3b2c', 'long'], ['#4f7a86', 'short'], ['#c07d54', 'long'], ['#8d6a8f', 'short']].map(([shirt, hair], i) => person(190 + i * 180, i === 2 ? 900 : 880, i === 2 ? 1.75 : 1.6, shirt ?? '', hair === 'long' ? 'long' : 'short')).join('')}`,
}

export const premises: Record<string, Drawing> = Object.fromEntries(
  Object.entries(scenes).map(([shot, svg]) => [
    `premises-${shot}`,
    { width: 1280, height: 960, html: `<svg width="1280" height="960" viewBox="0 0 1280 960" style="display:block">${svg}
    <rect width="1280" height="960" fill="url(#light)"/><defs><radialGradient id="light"><stop offset=".55" stop-color="#fff0"/><stop offset="1" stop-color="#3210" stop-opacity=".22"/></radialGradient></defs></svg>` },
  ]),
)
