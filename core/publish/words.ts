/**
 * Words: what stands on a published page, in each language. The names of months and weekdays stand here as well and
 * do not come from the system, so that the same rows give the same bytes on every computer.
 */
import type { Language } from '../domain/language.ts'

export type PublicWords = Readonly<{
  weekdays: readonly string[]
  weekdaysShort: readonly string[]
  months: readonly string[]
  occupancy: string
  allHalls: string
  busy: string
  closed: string
  requestable: string
  because: string
  allDay: string
  from: string
  until: string
  week: string
  toContent: string
  hallsNav: string
  monthsNav: string
  weeksNav: string
  nothing: string
  persons: string
  capacity: string
  places: string
  changed: string
  subscribe: string
  data: string
  holiday: string
}>

const de: PublicWords = {
  weekdays: ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag', 'Sonntag'],
  weekdaysShort: ['Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa', 'So'],
  months: [
    ...['Januar', 'Februar', 'März', 'April', 'Mai', 'Juni', 'Juli', 'August'],
    ...['September', 'Oktober', 'November', 'Dezember'],
  ],
  occupancy: 'Belegung',
  allHalls: 'Alle Hallen',
  busy: 'belegt',
  closed: 'geschlossen',
  requestable: 'verfügbar',
  because: 'belegt mit',
  allDay: 'ganzer Tag',
  from: 'ab',
  until: 'bis',
  week: 'Woche',
  toContent: 'Zum Inhalt',
  hallsNav: 'Hallen',
  monthsNav: 'Monate',
  weeksNav: 'Wochen',
  nothing: 'In diesem Zeitraum ist nichts belegt.',
  persons: 'Personen',
  capacity: 'bis',
  places: 'Plätze',
  changed: 'Letzte Änderung',
  subscribe: 'Kalender abonnieren (ICS)',
  data: 'Daten (JSON)',
  holiday: 'Feiertag',
}

const fr: PublicWords = {
  weekdays: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
  weekdaysShort: ['lu', 'ma', 'me', 'je', 've', 'sa', 'di'],
  months: [
    ...['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août'],
    ...['septembre', 'octobre', 'novembre', 'décembre'],
  ],
  occupancy: 'Occupation',
  allHalls: 'Toutes les salles',
  busy: 'occupé',
  closed: 'fermé',
  requestable: 'disponible',
  because: 'occupé avec',
  allDay: 'toute la journée',
  from: 'dès',
  until: 'jusqu’à',
  week: 'Semaine',
  toContent: 'Aller au contenu',
  hallsNav: 'Salles',
  monthsNav: 'Mois',
  weeksNav: 'Semaines',
  nothing: 'Rien n’est occupé pendant cette période.',
  persons: 'personnes',
  capacity: 'jusqu’à',
  places: 'places',
  changed: 'Dernière modification',
  subscribe: 'S’abonner au calendrier (ICS)',
  data: 'Données (JSON)',
  holiday: 'jour férié',
}

const it: PublicWords = {
  weekdays: ['lunedì', 'martedì', 'mercoledì', 'giovedì', 'venerdì', 'sabato', 'domenica'],
  weekdaysShort: ['lu', 'ma', 'me', 'gi', 've', 'sa', 'do'],
  months: [
    ...['gennaio', 'febbraio', 'marzo', 'aprile', 'maggio', 'giugno', 'luglio', 'agosto'],
    ...['settembre', 'ottobre', 'novembre', 'dicembre'],
  ],
  occupancy: 'Occupazione',
  allHalls: 'Tutte le sale',
  busy: 'occupato',
  closed: 'chiuso',
  requestable: 'disponibile',
  because: 'occupato con',
  allDay: 'tutto il giorno',
  from: 'dalle',
  until: 'fino alle',
  week: 'Settimana',
  toContent: 'Vai al contenuto',
  hallsNav: 'Sale',
  monthsNav: 'Mesi',
  weeksNav: 'Settimane',
  nothing: 'In questo periodo non è occupato nulla.',
  persons: 'persone',
  capacity: 'fino a',
  places: 'posti',
  changed: 'Ultima modifica',
  subscribe: 'Abbonarsi al calendario (ICS)',
  data: 'Dati (JSON)',
  holiday: 'giorno festivo',
}

const en: PublicWords = {
  weekdays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  weekdaysShort: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  months: [
    ...['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August'],
    ...['September', 'October', 'November', 'December'],
  ],
  occupancy: 'Occupancy',
  allHalls: 'All halls',
  busy: 'busy',
  closed: 'closed',
  requestable: 'available',
  because: 'taken with',
  allDay: 'all day',
  from: 'from',
  until: 'until',
  week: 'Week',
  toContent: 'Skip to content',
  hallsNav: 'Halls',
  monthsNav: 'Months',
  weeksNav: 'Weeks',
  nothing: 'Nothing is taken in this time.',
  persons: 'persons',
  capacity: 'up to',
  places: 'places',
  changed: 'Last change',
  subscribe: 'Subscribe to the calendar (ICS)',
  data: 'Data (JSON)',
  holiday: 'holiday',
}

const all: Readonly<Record<Language, PublicWords>> = {
  'de-CH': de,
  'fr-CH': fr,
  'it-CH': it,
  en,
}

export function publicWords(language: Language): PublicWords {
  return all[language]
}

/** `Montag, 14. Juni 2027` */
export function longDay(day: string, weekday: number, language: Language): string {
  const words = publicWords(language)
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const name = words.weekdays[weekday - 1]
  const monthName = words.months[month - 1]
  switch (language) {
    case 'de-CH':
      return `${name}, ${date}. ${monthName} ${year}`
    case 'fr-CH':
      return `${name} ${date === 1 ? '1er' : date} ${monthName} ${year}`
    case 'it-CH':
      return `${name} ${date === 1 ? '1º' : date} ${monthName} ${year}`
    case 'en':
      return `${name}, ${date} ${monthName} ${year}`
  }
}
