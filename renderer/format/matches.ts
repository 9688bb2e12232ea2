/**
 * Matches: does a text hold every word that was typed, regardless of case and accents?
 *
 * `gemuend` does not find `Gemünd`, `gemund` does: accents are dropped, not spelled out.
 */
import { plain } from '../../core/domain/plain.ts'

export function matches(typed: string, ...texts: readonly string[]): boolean {
  const hay = plain(texts.join(' '))
  return plain(typed)
    .split(/\s+/)
    .every((word) => hay.includes(word))
}
