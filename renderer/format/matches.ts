/**
 * Matches: does a text hold every word that was typed, regardless of case and accents?
 *
 * `gemuend` does not find `Gemünd`, `gemund` does: accents are dropped, not spelled out.
 */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
}

export function matches(typed: string, ...texts: readonly string[]): boolean {
  const hay = plain(texts.join(' '))
  return plain(typed)
    .split(/\s+/)
    .every((word) => hay.includes(word))
}
