/** The catalogues: four languages with the same keys and the same placeholders, and no word we do not say. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { languages } from '../../core/contract.ts'
import { stretched } from '../../renderer/locales/pseudo.ts'

const folder = join(import.meta.dirname, '../../renderer/locales')
const source = 'de-CH'
const others = languages.filter((language) => language !== source)
const names = readdirSync(join(folder, source)).sort()

function texts(language: string, name: string): Record<string, string> {
  const found: Record<string, string> = {}
  const walk = (node: unknown, path: string) => {
    if (typeof node === 'string') found[path] = node
    else {
      for (const [key, value] of Object.entries(node as object)) {
        walk(value, path ? `${path}.${key}` : key)
      }
    }
  }
  walk(JSON.parse(readFileSync(join(folder, language, name), 'utf8')), '')
  return found
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{\s*([\w.]+)[^}]*\}\}/g)].map((match) => match[1] as string).sort()
}

describe.each(names)('the catalogue %s', (name) => {
  test.each(others)('has in %s the keys and placeholders of the German one', (language) => {
    const shape = (of: string) =>
      Object.entries(texts(of, name))
        .map(([key, text]) => `${key}: ${placeholders(text).join(' ')}`)
        .sort()
    expect(shape(language)).toEqual(shape(source))
  })

  test.each(languages)('leaves nothing empty in %s', (language) => {
    const empty = Object.entries(texts(language, name)).filter(([, text]) => text.trim() === '')
    expect(empty).toEqual([])
  })

  test('is written in Swiss German, without ß', () => {
    const sharp = Object.entries(texts(source, name)).filter(([, text]) => text.includes('ß'))
    expect(sharp).toEqual([])
  })

  test('shows clerks none of the words of the database', () => {
    const words = /\b(allocation|allokation|mirror|raster|quota|reserved slot|null|undefined)\b/i
    const found = languages.flatMap((language) =>
      Object.entries(texts(language, name)).filter(([, text]) => words.test(text)),
    )
    expect(found).toEqual([])
  })
})

test('the pseudo-locale makes a text a third longer and leaves its placeholders alone', () => {
  const text = 'Reserviert: {{title}}, {{when}}'
  const longer = stretched(text)
  expect(placeholders(longer)).toEqual(['title', 'when'])
  expect(longer.length).toBeGreaterThanOrEqual(Math.ceil(text.length * 1.35))
})
