/**
 * Phrase: a sentence of the catalogue, looked up once and filled in many times.
 *
 * Promises the words that `t` would give. A week names some two hundred cells; asking the catalogue for each part
 * of each name took longer than drawing them. Plurals and formats are not for phrases.
 */
import type { TFunction } from 'i18next'

/** Not in any catalogue, and never typed. */
const MARK = '\u0001'

/** `t` is bound to the namespace already; `names` are the placeholders of the sentence. */
export function phrase<N extends string>(
  t: (key: never, values: Readonly<Record<string, string>>) => string,
  key: string,
  names: readonly N[],
): (values: Readonly<Record<N, string | number>>) => string {
  const marked = Object.fromEntries(names.map((name) => [name, `${MARK}${name}${MARK}`]))
  const pieces = t(key as never, marked).split(MARK)
  return (values) => {
    let text = ''
    for (let at = 0; at < pieces.length; at++) {
      const piece = pieces[at] as string
      text += at % 2 === 0 ? piece : values[piece as N]
    }
    return text
  }
}

/** Sentences that depend on a count alone, each asked once. */
export function counted(
  t: TFunction<'calendar'>,
  key: 'label.bookings' | 'waiting' | 'moreLabel' | 'waits.count',
): (count: number) => string {
  const known = new Map<number, string>()
  return (count) => {
    const text = known.get(count) ?? t(key, { count })
    known.set(count, text)
    return text
  }
}
