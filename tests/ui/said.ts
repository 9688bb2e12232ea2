/** Said: what the desk says for a key of the catalogue, in the language that the page speaks just now. */
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { stretch } from '../../renderer/locales/pseudo.ts'

const locales = new URL('../../renderer/locales/', import.meta.url)

/** `key` as in `booking:date` or `availability:preview.title`. */
export async function said(page: Page, key: string): Promise<string> {
  const { language, longer } = await page.evaluate(() => ({
    language: document.documentElement.lang,
    longer: localStorage.getItem('allmend.pseudo') !== null,
  }))
  const [namespace, path = ''] = key.split(':')
  const file = await readFile(new URL(`${language}/${namespace}.json`, locales), 'utf8')
  const words = JSON.parse(file) as Record<string, unknown>
  let found: unknown = longer ? stretch(words) : words
  for (const part of path.split('.')) found = (found as Record<string, unknown> | undefined)?.[part]
  if (typeof found !== 'string') throw new Error(`${language} has no ${key}`)
  return found
}
