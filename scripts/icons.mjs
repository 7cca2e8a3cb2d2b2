// Draws the icons in public/icons from public/icon.svg; run by hand after the mark has changed.
import { mkdir, readFile } from 'node:fs/promises'
import sharp from 'sharp'

const svg = await readFile('public/icon.svg', 'utf8')
// Maskable icons are cut to any shape: the ground reaches the edges, the mark stays inside the middle 80 %.
const bleeding = svg
  .replace('rx="112" ', '')
  .replace('<g fill="#fff8f0">', '<g fill="#fff8f0" transform="translate(256 256) scale(.86) translate(-256 -256)">')

await mkdir('public/icons', { recursive: true })
for (const size of [192, 512]) {
  await draw(svg, size, `icon-${size}`)
  await draw(bleeding, size, `maskable-${size}`)
}
await draw(bleeding, 180, 'apple-touch-icon')

function draw(source, size, name) {
  return sharp(Buffer.from(source), { density: 300 }).resize(size, size).png({ compressionLevel: 9, palette: true }).toFile(`public/icons/${name}.png`)
}
