/** Whatever is wrong with a server is a sentence in every language, with a way out, and no word that only we know. */
import type { TFunction } from 'i18next'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Language, languages, type ServerProblem } from '../../core/contract.ts'
import { serverProblemText } from '../../renderer/format/serverProblem.ts'
import { catalogues } from '../harness/catalogues.ts'

/** With what the sentence must name of its way out. A new code does not compile without one. */
const examples: Readonly<Record<ServerProblem['code'], RegExp>> = {
  unreachable: /[Pp]ort/,
  refused: /(Passwort|mot de passe|[Pp]assword)/,
  'no-database': /(Prüfen|Vérifiez|Verificate|Check)/,
  'no-encryption': /TLS/,
  'not-trusted': /([Zz]ertifikat|certificat|certificate)/,
  'no-certificate': /PEM/,
  'no-rights': /allmend_desk/,
  'read-only': /([Hh]auptserver|principal|principale|main server)/,
  'foreign-tables': /(leere|vide|vuota|empty)/,
  'too-old': /14/,
  'schema-newer': /(Aktualisieren|Mettez à jour|Aggiornate|Update)/,
  'schema-older': /db prepare/,
  outdated: /(Aktualisieren|Mettez à jour|Aggiornate|Update)/,
  'not-prepared': /db prepare/,
  feed: /db prepare/,
  roles: /db prepare/,
  rights: /db prepare/,
  another: /Musterwil/,
  'nothing-there': /(gründen|fonder|fondarne|found)/,
  unexpected: /(Protokoll|journal|registro|log)/,
}
const codes = Object.keys(examples) as ServerProblem['code'][]

const words = new Map<Language, TFunction<'database'>>()
beforeAll(async () => {
  const instance = await catalogues()
  for (const language of languages) words.set(language, instance.getFixedT(language, 'database'))
})

describe.each(languages)('in %s', (language) => {
  test.each(codes)('“%s” is a sentence with a way out', (code) => {
    const t = words.get(language) as TFunction<'database'>
    const text = serverProblemText(t, { code, detail: 'Musterwil' })
    expect(text).toMatch(examples[code])
    expect(text, 'whole sentences').toMatch(/^\p{Lu}.*\.$/u)
    expect(text, 'no key and no open placeholder').not.toMatch(/\{\{|undefined|problem\./)
  })
})

test('no two problems are told alike, so that whoever helps on the phone knows which it is', () => {
  const t = words.get('de-CH') as TFunction<'database'>
  const texts = codes.map((code) => serverProblemText(t, { code, detail: '' }))
  expect(new Set(texts).size).toBe(codes.length)
})
