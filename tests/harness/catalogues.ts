/** The words of the desk, as the screens have them, for tests that have no screen. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import i18next, { type i18n } from 'i18next'
import { languages } from '../../core/contract.ts'

const folder = join(import.meta.dirname, '../../renderer/locales')

export async function catalogues(): Promise<i18n> {
  const resources = Object.fromEntries(
    languages.map((language) => [
      language,
      Object.fromEntries(
        readdirSync(join(folder, language)).map((name) => [
          name.replace('.json', ''),
          JSON.parse(readFileSync(join(folder, language, name), 'utf8')),
        ]),
      ),
    ]),
  )
  const instance = i18next.createInstance()
  await instance.init({ resources, lng: 'de-CH', interpolation: { escapeValue: false } })
  return instance
}
