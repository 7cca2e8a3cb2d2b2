/** Shapes that several pictures share, as SVG. */

/** A head and shoulders in 413 × 579. */
export const face = (sex: 'woman' | 'man', background = '#c8161d') => `
<rect width="413" height="579" fill="${background}"/>
${sex === 'woman' ? '<path d="M120 250c-8-130 40-176 88-176s98 50 90 176c12 70 4 118-18 128H138c-24-10-32-62-18-128z" fill="#2a211d"/>' : ''}
<path d="M40 579c4-104 62-138 126-152h82c64 14 122 48 126 152z" fill="${sex === 'woman' ? '#6d3b2c' : '#24354f'}"/>
<path d="M172 372h70v64c-18 24-52 24-70 0z" fill="#e2b491"/>
${sex === 'man' ? '<path d="M166 428l41 52 41-52 22 10-38 76-25-24-25 24-38-76z" fill="#f4f4f2"/><path d="M199 484h16l10 95h-36z" fill="#7a2430"/>' : '<path d="M168 430c20 34 58 34 78 0l14 6c-16 54-88 54-106 0z" fill="#f0e4d4"/>'}
<ellipse cx="207" cy="270" rx="84" ry="112" fill="#f0c7a4"/>
<ellipse cx="122" cy="276" rx="13" ry="25" fill="#e9bb96"/><ellipse cx="292" cy="276" rx="13" ry="25" fill="#e9bb96"/>
${sex === 'woman'
  ? '<path d="M122 262c0-100 40-138 86-138s86 38 84 138c-18-58-58-88-84-92-34 10-66 40-86 92z" fill="#2a211d"/>'
  : '<path d="M120 252c-10-108 44-140 88-140s98 32 86 140c-10-40-26-66-40-76-34 14-72 14-98 4-14 12-30 34-36 72z" fill="#1f1b1a"/>'}
<path d="M156 250q18-12 36 0M222 250q18-12 36 0" stroke="#3a2b24" stroke-width="6" fill="none" stroke-linecap="round"/>
<ellipse cx="175" cy="274" rx="9" ry="7" fill="#2b201c"/><ellipse cx="240" cy="274" rx="9" ry="7" fill="#2b201c"/>
<path d="M207 278q-8 34-2 40h12" stroke="#d49d78" stroke-width="5" fill="none" stroke-linecap="round"/>
<path d="M178 342q29 20 58 0" stroke="#b4604f" stroke-width="7" fill="none" stroke-linecap="round"/>`

/** A 紫砂 teapot about 120 wide, standing on y = 0. */
export const teapot = (x: number, y: number, scale: number, colour: string) => `<g transform="translate(${x} ${y}) scale(${scale})" fill="${colour}">
<path d="M-46-60c-14 14-18 44 0 60h92c18-16 14-46 0-60z"/><path d="M44-46c22-4 26-22 40-26l4 6c-12 14-18 36-42 46z"/>
<path d="M-48-48c-44-12-44 44 0 38" fill="none" stroke="${colour}" stroke-width="9"/><path d="M-32-64c6-12 58-12 64 0z"/><circle cy="-78" r="8"/>
<path d="M-40-44c-8 12-8 22-4 32" stroke="#fff" stroke-opacity=".28" stroke-width="6" fill="none" stroke-linecap="round"/></g>`

/** A vase on y = 0. */
export const vase = (x: number, y: number, scale: number, colour: string) =>
  `<path transform="translate(${x} ${y}) scale(${scale})" fill="${colour}" d="M-16-110h32l-6 26c36 18 36 62 12 84h-44c-24-22-24-66 12-84z"/>`

/** A person from the hips up, standing on y = 0. */
export const person = (x: number, y: number, scale: number, shirt: string, hair: 'long' | 'short' = 'short', apron = true) => `
<g transform="translate(${x} ${y}) scale(${scale})">${hair === 'long' ? '<path d="M-34-196c-6-66 74-66 68 0l6 66h-80z" fill="#2b211d"/>' : ''}
<path d="M-62 0c-6-70 0-110 36-122h52c36 12 42 52 36 122z" fill="${shirt}"/><rect x="-13" y="-142" width="26" height="30" rx="10" fill="#e2b491"/>
<ellipse cy="-178" rx="31" ry="38" fill="#f0c7a4"/><path d="M-33-178c-4-56 70-56 66 0-10-22-26-28-34-28s-22 8-32 28z" fill="#2b211d"/>
<circle cx="-11" cy="-176" r="3.4" fill="#33251f"/><circle cx="11" cy="-176" r="3.4" fill="#33251f"/><path d="M-9-158q9 8 18 0" stroke="#a85948" stroke-width="3" fill="none"/>
${apron ? '<path d="M-36 0v-74h72V0z" fill="#f3ead9"/><path d="M-36-74l8-44M36-74l-8-44" stroke="#f3ead9" stroke-width="6"/>' : ''}</g>`

export const words = (x: number, y: number, size: number, text: string, colour = '#3b2d24', anchor = 'middle') =>
  `<text x="${x}" y="${y}" font-size="${size}" fill="${colour}" text-anchor="${anchor}" font-family="Noto Serif CJK SC" font-weight="600">${text}</text>`

export const box = (x: number, y: number, width: number, height: number, fill: string, rest = '') =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}" ${rest}/>`
