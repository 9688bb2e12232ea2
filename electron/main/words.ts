/**
 * Words: the few that the shell itself shows, where no page can: boxes of the system and the context menu.
 * All four languages stand side by side; the renderer has its own catalogue.
 */
import type { Language } from '../../core/contract.ts'

const words = {
  'crashed.title': {
    'de-CH': 'Die Ansicht ist abgestürzt.',
    'fr-CH': 'L’affichage s’est arrêté.',
    'it-CH': 'La vista si è chiusa.',
    en: 'The view has crashed.',
  },
  'crashed.detail': {
    'de-CH': 'Alles, was bestätigt war, ist gespeichert.',
    'fr-CH': 'Tout ce qui a été confirmé est enregistré.',
    'it-CH': 'Tutto ciò che era confermato è salvato.',
    en: 'Everything that was confirmed is saved.',
  },
  'hung.title': {
    'de-CH': 'Die Ansicht antwortet nicht.',
    'fr-CH': 'L’affichage ne répond plus.',
    'it-CH': 'La vista non risponde.',
    en: 'The view does not answer.',
  },
  reload: { 'de-CH': 'Neu laden', 'fr-CH': 'Recharger', 'it-CH': 'Ricarica', en: 'Reload' },
  wait: { 'de-CH': 'Warten', 'fr-CH': 'Attendre', 'it-CH': 'Attendi', en: 'Wait' },
  quit: { 'de-CH': 'Beenden', 'fr-CH': 'Quitter', 'it-CH': 'Esci', en: 'Quit' },
  'failed.title': {
    'de-CH': 'Allmend muss beendet werden.',
    'fr-CH': 'Allmend doit être fermé.',
    'it-CH': 'Allmend deve essere chiuso.',
    en: 'Allmend has to quit.',
  },
  'data-locked': {
    'de-CH': 'Ein anderes Programm benutzt diese Daten bereits.',
    'fr-CH': 'Un autre programme utilise déjà ces données.',
    'it-CH': 'Un altro programma usa già questi dati.',
    en: 'Another program is already using this data.',
  },
  undo: { 'de-CH': 'Rückgängig', 'fr-CH': 'Annuler', 'it-CH': 'Annulla', en: 'Undo' },
  cut: { 'de-CH': 'Ausschneiden', 'fr-CH': 'Couper', 'it-CH': 'Taglia', en: 'Cut' },
  copy: { 'de-CH': 'Kopieren', 'fr-CH': 'Copier', 'it-CH': 'Copia', en: 'Copy' },
  paste: { 'de-CH': 'Einfügen', 'fr-CH': 'Coller', 'it-CH': 'Incolla', en: 'Paste' },
  selectAll: {
    'de-CH': 'Alles auswählen',
    'fr-CH': 'Tout sélectionner',
    'it-CH': 'Seleziona tutto',
    en: 'Select all',
  },
} as const satisfies Record<string, Record<Language, string>>

export type WordKey = keyof typeof words
export type Say = (key: WordKey) => string

export function sayIn(language: () => Language): Say {
  return (key) => words[key][language()]
}
