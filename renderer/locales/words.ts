/**
 * Words: the catalogue of the desk in four languages, loaded at once so that switching is immediate.
 *
 * Promises typed keys. `de-CH` is the source: every other language has the same keys and placeholders (a test
 * says so). The pseudo-locale `qps` stretches the German by a third, to find what breaks in longer languages.
 */
import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { type Language, languages } from '../../core/domain/language.ts'
import { stretch } from './pseudo.ts'

type Catalogue = Record<string, unknown>
export const PSEUDO = 'qps'
/** Set by those who test screens: `localStorage.setItem('allmend.pseudo', '1')` and a reload. */
const PSEUDO_WANTED = 'allmend.pseudo'

const files = import.meta.glob<Catalogue>('./*/*.json', { eager: true, import: 'default' })

function catalogues(): Record<string, Record<string, Catalogue>> {
  const byLanguage: Record<string, Record<string, Catalogue>> = {}
  for (const [path, catalogue] of Object.entries(files)) {
    const [, language, namespace] = /\.\/(.+)\/(.+)\.json$/.exec(path) as unknown as [
      string,
      string,
      string,
    ]
    const target = byLanguage[language] ?? {}
    target[namespace] = catalogue
    byLanguage[language] = target
  }
  return byLanguage
}

export function languageOf(code: string): Language {
  return languages.find((language) => language === code) ?? 'de-CH'
}

/** The language of the computer, where the desk speaks it. */
export function languageOfSystem(wanted: readonly string[]): Language {
  for (const each of wanted) {
    const found = languages.find((language) => language.slice(0, 2) === each.slice(0, 2))
    if (found) return found
  }
  return 'de-CH'
}

export function loadWords(language: Language): i18n {
  const resources = catalogues()
  void i18next.use(initReactI18next).init({
    resources: resources as never,
    lng: language,
    fallbackLng: 'de-CH',
    supportedLngs: [...languages, PSEUDO],
    defaultNS: 'app',
    interpolation: { escapeValue: false },
    initAsync: false,
    react: { useSuspense: false },
  })
  return i18next
}

export async function speak(language: Language): Promise<void> {
  document.documentElement.lang = language
  const wanted = localStorage.getItem(PSEUDO_WANTED) === null ? language : PSEUDO
  if (wanted === PSEUDO) addPseudo()
  if (i18next.language !== wanted) await i18next.changeLanguage(wanted)
}

function addPseudo(): void {
  for (const [namespace, catalogue] of Object.entries(catalogues()['de-CH'] ?? {})) {
    i18next.addResourceBundle(PSEUDO, namespace, stretch(catalogue))
  }
}
