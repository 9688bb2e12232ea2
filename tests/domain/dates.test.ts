/** Dates from to, as each language writes them; what differs between versions of its rules are spaces only. */
import { expect, it } from 'vitest'
import { languages } from '../../core/domain/language.ts'
import { formatIn } from '../../renderer/format/format.ts'

const spaces = /[\s\u2009\u202f]+/g

it.each([
  [
    '2026-11-23',
    '2026-12-06',
    [
      '23. November – 6. Dezember 2026',
      '23 novembre – 6 décembre 2026',
      '23 novembre – 6 dicembre 2026',
      '23 November – 6 December 2026',
    ],
  ],
  [
    '2026-11-02',
    '2026-11-08',
    ['2.–8. November 2026', '2–8 novembre 2026', '2–8 novembre 2026', '2 – 8 November 2026'],
  ],
  [
    '2026-12-28',
    '2027-01-03',
    [
      '28. Dezember 2026 – 3. Januar 2027',
      '28 décembre 2026 – 3 janvier 2027',
      '28 dicembre 2026 – 3 gennaio 2027',
      '28 December 2026 – 3 January 2027',
    ],
  ],
])('from %s to %s', (first, last, expected) => {
  const said = languages.map((language) => formatIn(language, 'Europe/Zurich').dates(first, last))
  const bare = (text: string) => text.replace(spaces, '')
  expect(said.map(bare)).toEqual(expected.map(bare))
})
