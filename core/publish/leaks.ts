/**
 * Leaks: compares finished files with every private field of the desk, before they are written.
 *
 * It reads the bytes as they would go out and trusts nothing of how they were made. Words that the target shows on
 * purpose (public titles, halls, the page's own words) explain themselves; phones and e-mail addresses never do, not
 * even inside a public title.
 */
import type { PublicCalendar } from './public-calendar.ts'
import { publicWords } from './words.ts'

export type PrivateKind = 'phone' | 'email' | 'name' | 'title' | 'note'
/** `number`: the booking it belongs to, 0 where it belongs to none. */
export type PrivateField = Readonly<{ kind: PrivateKind; text: string; number: number }>
export type Leak = Readonly<{ path: string; kind: PrivateKind; number: number }>

/** Shorter numbers are extensions and house numbers, which stand everywhere. */
const PHONE_DIGITS = 7
/** The last digits of a phone are the same with and without the country. */
const COMPARED_DIGITS = 9
/** A note is compared by its sentences; of a word or two it cannot be said whose they are. */
const NOTE_WORDS = 3
const NAME_LETTERS = 3
/** No address is longer on either side of its sign. */
const LONGEST_PART = 256
/** After this many the answer is clear. */
const MOST_LEAKS = 20

interface Phrase {
  readonly words: readonly string[]
  readonly field: PrivateField
}

export class LeakCheck {
  readonly #private = new Map<string, Phrase[]>()
  readonly #phones = new Map<string, PrivateField>()
  readonly #emails = new Map<string, PrivateField>()
  readonly #allowed = new Map<string, (readonly string[])[]>()

  constructor(fields: readonly PrivateField[], calendar: PublicCalendar) {
    for (const field of fields) this.#keep(field)
    for (const text of new Set(publicTexts(calendar))) {
      const words = wordsOf(text)
      const [first] = words
      if (first) this.#allowed.set(first, [...(this.#allowed.get(first) ?? []), words])
    }
  }

  /** What in this file should not be there; nothing, as it should be. */
  find(path: string, text: string): Leak[] {
    const plain = readable(text)
    const found = new Map<string, Leak>()
    const add = ({ kind, number }: PrivateField) =>
      found.set(`${kind} ${number}`, { path, kind, number })
    for (const [digits] of plain.matchAll(/(?<![\p{L}\d])\+?\d[\d ()./-]{5,}\d(?![\p{L}\d])/gu)) {
      const only = digits.replace(/\D/g, '')
      const field = this.#phones.get(only.slice(-COMPARED_DIGITS))
      if (field) add(field)
    }
    for (let at = plain.indexOf('@'); at >= 0; at = plain.indexOf('@', at + 1)) {
      const before = /[^\s<>"'(),;:]*$/.exec(plain.slice(Math.max(0, at - LONGEST_PART), at))?.[0]
      const after = /^[^\s<>"'(),;:]*/.exec(plain.slice(at + 1, at + LONGEST_PART))?.[0]
      const field = this.#emails.get(`${before}@${after}`.toLowerCase().replace(/\.$/, ''))
      if (field) add(field)
    }
    this.#findPhrases(wordsOf(plain), add)
    return [...found.values()].slice(0, MOST_LEAKS)
  }

  #keep(field: PrivateField): void {
    const { kind, text } = field
    if (kind === 'phone') {
      const digits = text.replace(/\D/g, '')
      if (digits.length >= PHONE_DIGITS) this.#phones.set(digits.slice(-COMPARED_DIGITS), field)
    } else if (kind === 'email') {
      if (text.trim()) this.#emails.set(text.trim().toLowerCase(), field)
    } else {
      const parts = kind === 'note' ? text.split(/[\n.;!?]+/) : [text]
      for (const part of parts) this.#keepPhrase(field, wordsOf(part))
    }
  }

  #keepPhrase(field: PrivateField, words: readonly string[]): void {
    const letters = words.join('').replace(/[^\p{L}]/gu, '').length
    if (letters < NAME_LETTERS || (field.kind === 'note' && words.length < NOTE_WORDS)) return
    const first = words[0] as string
    const known = this.#private.get(first)
    if (!known) this.#private.set(first, [{ words, field }])
    else if (!known.some((each) => same(each.words, words))) known.push({ words, field })
  }

  #findPhrases(words: readonly string[], add: (field: PrivateField) => void): void {
    const explained = new Uint8Array(words.length)
    for (let at = 0; at < words.length; at++) {
      const phrases = this.#allowed.get(words[at] as string)
      if (!phrases) continue
      for (const phrase of phrases) {
        if (standsAt(words, at, phrase)) explained.fill(1, at, at + phrase.length)
      }
    }
    for (let at = 0; at < words.length; at++) {
      const phrases = this.#private.get(words[at] as string)
      if (!phrases) continue
      for (const { words: phrase, field } of phrases) {
        if (!standsAt(words, at, phrase)) continue
        if (explained.subarray(at, at + phrase.length).includes(0)) add(field)
      }
    }
  }
}

/** Everything that a target shows on purpose. */
function publicTexts(calendar: PublicCalendar): string[] {
  const { weekdays, weekdaysShort, months, ...words } = publicWords(calendar.language)
  return [
    ...[weekdays, weekdaysShort, months].flat(),
    ...Object.values(words).filter((word) => typeof word === 'string'),
    ...calendar.halls.flatMap(({ name, group, features, file }) => [
      name,
      group,
      file,
      ...features,
    ]),
    ...calendar.events.flatMap(({ title, because }) => [title, because]),
    ...calendar.holidays.map((each) => each.name),
    calendar.municipality,
    calendar.zone,
  ]
}

/** The text as a person or a program reads it: without tags and styles, with signs and lines put together again. */
function readable(text: string): string {
  return text
    .replace(/\r\n[ \t]/g, '')
    .replace(/<style>[\s\S]*?<\/style>/g, ' ')
    .replace(/<(?:"[^"]*"|'[^']*'|[^>"'])*>/g, (tag) =>
      [
        ' ',
        ...[...tag.matchAll(/(?:title|content|alt|aria-label)="([^"]*)"/g)].map((m) => m[1]),
        ' ',
      ].join(' '),
    )
    .replace(/\\n/gi, ' ')
    .replace(/\\([\\;,"])/g, '$1')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? ' ')
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
}

function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}

function standsAt(words: readonly string[], at: number, phrase: readonly string[]): boolean {
  for (let index = 0; index < phrase.length; index++) {
    if (words[at + index] !== phrase[index]) return false
  }
  return true
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && standsAt(one, 0, other)
}
