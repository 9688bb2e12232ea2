/**
 * Pseudo-locale: German made 35 % longer, with accents, brackets at both ends and the placeholders untouched.
 *
 * A text that is cut off shows no closing bracket; a text that was never in the catalogue shows no accent.
 */
const LONGER = 0.35
const accents: Readonly<Record<string, string>> = { a: 'å', e: 'é', i: 'ï', o: 'ø', u: 'û', n: 'ñ' }

export function stretched(text: string): string {
  const parts = text.split(/(\{\{[^}]*\}\}|<[^>]*>|\$t\([^)]*\))/)
  const accented = parts.map((part, index) =>
    index % 2 ? part : part.replace(/[aeioun]/g, (letter) => accents[letter] ?? letter),
  )
  return `[${accented.join('')}${'·'.repeat(Math.ceil(text.length * LONGER))}]`
}

export function stretch(catalogue: unknown): unknown {
  if (typeof catalogue === 'string') return stretched(catalogue)
  if (typeof catalogue !== 'object' || catalogue === null) return catalogue
  return Object.fromEntries(Object.entries(catalogue).map(([key, value]) => [key, stretch(value)]))
}
