/** Papers as HTML: licences, cards, certificates and sealed pages. All of them say 示例, and no number on them is real. */

export interface Drawing {
  width: number
  height: number
  html: string
}

const serif = `font-family:'Noto Serif CJK SC';`
const watermark = `<div style="position:absolute;inset:0;overflow:hidden;pointer-events:none">${[10, 38, 66, 92]
  .map((top) => `<div style="position:absolute;top:${top}%;left:-10%;width:120%;transform:rotate(-18deg);font-size:30px;letter-spacing:3em;color:#0000000d;white-space:nowrap">示例 示例 示例 示例 示例</div>`)
  .join('')}</div>`

/** A round red seal: the unit's name along the rim, a star, 示例专用. */
export const seal = (unit: string, at: string) => {
  const step = Math.min(300 / unit.length, 24)
  const letters = [...unit].map((letter, i) => {
    const angle = (i - (unit.length - 1) / 2) * step
    return `<text transform="rotate(${angle}) translate(0 -72)" text-anchor="middle" font-size="19">${letter}</text>`
  })
  return `<svg style="position:absolute;${at};opacity:.82" width="210" height="210" viewBox="-105 -105 210 210" fill="#c8161d" font-weight="700">
  <circle r="98" fill="none" stroke="#c8161d" stroke-width="5"/>${letters.join('')}
  <path d="M0-30 7-10h21L11 3l7 21L0 11l-18 13 7-21-17-13h21z"/><text y="56" text-anchor="middle" font-size="18">示例专用</text></svg>`
}

/** A printed page of A4 as it comes back from a phone's scanner. */
export function page(title: string, body: string[], options: { seal?: string; cover?: boolean } = {}): Drawing {
  const text = body.map((line) => `<p style="margin:0 0 14px;text-indent:${options.cover ? 0 : '2em'}">${line}</p>`).join('')
  return {
    width: 900,
    height: 1273,
    html: `<div style="${serif}position:relative;width:900px;height:1273px;box-sizing:border-box;padding:${options.cover ? '260px 110px' : '96px 100px'};
    background:linear-gradient(105deg,#fbfaf6,#f4f2ec);color:#26241f;font-size:27px;line-height:1.9">
    <h1 style="text-align:center;font-size:${options.cover ? 46 : 32}px;letter-spacing:.12em;margin:0 0 ${options.cover ? 150 : 44}px">${title}</h1>${text}
    ${watermark}${options.seal ? seal(options.seal, 'right:120px;bottom:150px') : ''}</div>`,
  }
}

/** A page of the form: a grid of labels and answers. */
export function grid(title: string, rows: [string, string][], sealed?: string): Drawing {
  const cells = rows
    .map(([label, value]) => `<tr><th style="width:200px;border:1.5px solid #444;padding:14px;font-weight:600">${label}</th>
      <td style="border:1.5px solid #444;padding:14px;text-align:left;height:${value ? 'auto' : '150px'}">${value}</td></tr>`)
    .join('')
  const drawn = page(title, [`<table style="${serif}border-collapse:collapse;width:100%;font-size:24px;line-height:1.7;text-indent:0">${cells}</table>`])
  return sealed ? { ...drawn, html: drawn.html.replace(/<\/div>$/, `${seal(sealed, 'right:110px;top:330px')}</div>`) } : drawn
}

/** A certificate in a coloured frame. */
export function certificate(title: string, lines: string[], colour: string, issuer: string): Drawing {
  return {
    width: 1100,
    height: 778,
    html: `<div style="${serif}position:relative;width:1100px;height:778px;box-sizing:border-box;padding:26px;background:#fffdf4;color:#2b2620">
    <div style="position:absolute;inset:22px;border:10px double ${colour}"></div><div style="position:absolute;inset:44px;border:1.5px solid ${colour}"></div>
    <h1 style="text-align:center;color:${colour};font-size:58px;letter-spacing:.3em;margin:66px 0 30px">${title}</h1>
    <div style="padding:0 110px;font-size:27px;line-height:1.9">${lines.map((line) => `<p style="margin:0 0 6px;text-indent:2em">${line}</p>`).join('')}</div>
    <p style="position:absolute;right:130px;bottom:92px;font-size:23px;margin:0">${issuer}</p>${watermark}${seal(issuer, 'right:150px;bottom:58px')}</div>`,
  }
}

/** A business licence or a legal person's certificate. */
export function licence(title: string, rows: [string, string][]): Drawing {
  return {
    width: 1200,
    height: 848,
    html: `<div style="${serif}position:relative;width:1200px;height:848px;box-sizing:border-box;padding:54px 90px;background:radial-gradient(circle at 50% 40%,#fffefa,#f3efe0);color:#2a2a2a">
    <div style="position:absolute;inset:18px;border:8px solid #b9933f;outline:2px solid #b9933f;outline-offset:-18px"></div>
    <div style="width:74px;height:74px;margin:8px auto 0;border-radius:50%;background:#c8161d;color:#ffd65a;font-size:40px;line-height:70px;text-align:center">★</div>
    <h1 style="text-align:center;font-size:52px;letter-spacing:.3em;margin:8px 0 34px">${title}</h1>
    <dl style="display:grid;grid-template-columns:230px 1fr;gap:16px 20px;font-size:24px;margin:0 40px">
    ${rows.map(([key, value]) => `<dt style="color:#8a6a20">${key}</dt><dd style="margin:0">${value}</dd>`).join('')}</dl>
    ${watermark}${seal('示例市场监督管理局', 'right:110px;bottom:66px')}</div>`,
  }
}

/** The front (with a face) or the back of an identity card; its number stays hidden. */
export function idCard(person?: { name: string; sex: string; address: string; face: string }, authority = ''): Drawing {
  const front = person && `<div style="padding:70px 60px;line-height:2;font-size:30px"><p style="margin:0">姓名　<b style="font-size:36px">${person.name}</b></p>
    <p style="margin:0">性别　${person.sex}　　民族　汉</p><p style="margin:0">出生　****年**月**日</p><p style="margin:0;width:520px">住址　${person.address}</p>
    <p style="margin:44px 0 0;letter-spacing:.06em">公民身份号码　<b>3202** ******** ****</b></p></div>
    <svg viewBox="0 0 413 579" style="position:absolute;right:64px;top:84px;width:264px;height:370px;border-radius:6px">${person.face}</svg>`
  const back = `<div style="position:absolute;left:70px;top:60px;width:130px;height:130px;border-radius:50%;background:#c8161d;color:#ffd65a;font-size:72px;line-height:122px;text-align:center">★</div>
    <div style="text-align:center;padding:74px 0 0 190px;letter-spacing:.1em"><div style="font-size:44px">示例证件</div><div style="font-size:62px;font-weight:700">居民身份证</div></div>
    <div style="position:absolute;left:190px;bottom:90px;font-size:30px;line-height:2">签发机关　${authority}<br>有效期限　****.**.** — 长期</div>`
  return {
    width: 1012,
    height: 638,
    html: `<div style="font-family:'Noto Sans CJK SC';position:relative;width:1012px;height:638px;overflow:hidden;color:#333;background:
    repeating-radial-gradient(circle at 20% 120%,#cfe3ee 0 3px,#dcecf3 3px 12px,#e9f1ee 12px 20px)">${front || back}
    <div style="position:absolute;left:300px;top:230px;transform:rotate(-16deg);border:8px solid #c8161d88;color:#c8161d88;font-size:96px;font-weight:900;padding:0 40px;letter-spacing:.2em">示例</div></div>`,
  }
}

/** A book's cover. */
export function book(title: string, author: string, colour: string, motif: string): Drawing {
  return {
    width: 800,
    height: 1120,
    html: `<div style="${serif}position:relative;width:800px;height:1120px;background:linear-gradient(90deg,#0003,#0000 6%),${colour};color:#fff">
    <div style="position:absolute;left:90px;top:120px;width:560px;font-size:64px;font-weight:700;line-height:1.35;letter-spacing:.08em">${title}</div>
    <svg viewBox="0 0 400 300" style="position:absolute;left:110px;top:470px;width:580px">${motif}</svg>
    <div style="position:absolute;left:90px;bottom:90px;font-size:30px;letter-spacing:.2em">${author}　编著<br><span style="font-size:24px;opacity:.8">示例出版 · 内部交流</span></div></div>`,
  }
}
