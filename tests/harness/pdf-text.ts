/**
 * The text of a PDF as Chromium prints it, page by page, so that a test can say which rows are on which sheet. It reads
 * what Skia writes (plain objects, deflated streams, glyphs with a table of what they stand for) and nothing else.
 */
import { inflateSync } from 'node:zlib'

export interface PdfPage {
  /** In points; A4 across is 842 × 595. */
  readonly width: number
  readonly height: number
  readonly text: string
}

/** Objects by number: their dictionary as text, and their stream. */
function objectsOf(pdf: Buffer): ReadonlyMap<number, Readonly<{ head: string; stream: string }>> {
  const text = pdf.toString('latin1')
  const objects = new Map<number, { head: string; stream: string }>()
  for (const found of text.matchAll(/(\d+) 0 obj\s([\s\S]*?)endobj/g)) {
    const body = found[2] ?? ''
    const at = body.indexOf('stream')
    const head = at < 0 ? body : body.slice(0, at)
    const length = Number(head.match(/\/Length (\d+)/)?.[1] ?? 0)
    const start = found.index + found[0].indexOf('stream') + 'stream'.length
    const from = text[start] === '\r' ? start + 2 : start + 1
    const packed = at < 0 ? null : pdf.subarray(from, from + length)
    const stream = packed && head.includes('/FlateDecode') ? inflateSync(packed) : packed
    objects.set(Number(found[1]), { head, stream: stream?.toString('latin1') ?? '' })
  }
  return objects
}

const utf16 = (hex: string) =>
  (hex.match(/.{4}/g) ?? []).map((unit) => String.fromCharCode(Number.parseInt(unit, 16))).join('')

interface Font {
  /** Hexadecimal digits of one code. */
  readonly digits: number
  /** What each code stands for. */
  readonly glyphs: ReadonlyMap<number, string>
}

function fontOf(table: string): Font {
  const glyphs = new Map<number, string>()
  for (const [, block = ''] of table.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, glyph = '', word = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>/g)) {
      glyphs.set(Number.parseInt(glyph, 16), utf16(word))
    }
  }
  for (const [, block = ''] of table.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, low = '', high = '', word = ''] of block.matchAll(
      /<(\w+)>\s*<(\w+)>\s*<(\w+)>/g,
    )) {
      const first = Number.parseInt(low, 16)
      for (let glyph = first; glyph <= Number.parseInt(high, 16); glyph++) {
        glyphs.set(glyph, String.fromCharCode(Number.parseInt(word, 16) + glyph - first))
      }
    }
  }
  const digits = table.match(/begincodespacerange\s*<(\w+)>/)?.[1]?.length ?? 4
  return { digits, glyphs }
}

/** The text that an operator shows: codes in hexadecimal, or in brackets with some characters escaped. */
function shown(run: string, font: Font | undefined): string {
  if (!font) return ''
  const codes: number[] = []
  for (const [, hex, bracketed] of run.matchAll(/<([\dA-Fa-f]+)>|\(((?:\\[\s\S]|[^\\)])*)\)/g)) {
    const digits =
      hex ??
      Buffer.from(
        (bracketed ?? '').replace(/\\(\d{3}|[\s\S])/g, (_, escaped: string) =>
          escaped.length === 3
            ? String.fromCharCode(Number.parseInt(escaped, 8))
            : ({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }[escaped] ?? escaped),
        ),
        'latin1',
      ).toString('hex')
    for (let at = 0; at < digits.length; at += font.digits) {
      codes.push(Number.parseInt(digits.slice(at, at + font.digits), 16))
    }
  }
  return codes.map((code) => font.glyphs.get(code) ?? '').join('')
}

/** Choosing a font, showing text with it, and the end of a piece of text. */
const OPERATORS =
  /\/(F\d+) [\d.]+ Tf|((?:<[\dA-Fa-f]*>|\((?:\\[\s\S]|[^\\)])*\)|\[(?:\((?:\\[\s\S]|[^\\)])*\)|[^\]])*\])\s*T[Jj])|\bET\b/g

export function pagesOf(pdf: Buffer): readonly PdfPage[] {
  const objects = objectsOf(pdf)
  const fonts = new Map<string, Font>()
  for (const { head } of objects.values()) {
    for (const [, name = '', number] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const table = objects.get(Number(number))?.head.match(/\/ToUnicode (\d+) 0 R/)?.[1]
      if (table) fonts.set(name, fontOf(objects.get(Number(table))?.stream ?? ''))
    }
  }
  const pages: PdfPage[] = []
  for (const { head } of objects.values()) {
    if (!/\/Type\s*\/Page\b/.test(head)) continue
    const box = head.match(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/)
    const content = objects.get(Number(head.match(/\/Contents (\d+) 0 R/)?.[1]))?.stream ?? ''
    let font: Font | undefined
    let text = ''
    for (const [token, name, run] of content.matchAll(OPERATORS)) {
      if (name) font = fonts.get(name)
      else if (token === 'ET') text += ' '
      else text += shown(run ?? '', font)
    }
    pages.push({ width: Number(box?.[1]), height: Number(box?.[2]), text })
  }
  return pages
}
