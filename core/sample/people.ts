/**
 * The people and clubs of the sample municipality. All invented; the phone numbers begin with 000 after the area
 * code, which is given to nobody, and the addresses end in example.org.
 */

import type { ArgsOf } from '../commands/calls.ts'
import { uuid7 } from '../domain/uuid.ts'
import type { Dice } from './dice.ts'

export type SamplePerson = ArgsOf<'reservation.book'>['person']

const FIRST = [
  'Ruth',
  'Peter',
  'Ursula',
  'Daniel',
  'Monika',
  'Thomas',
  'Sandra',
  'Markus',
  'Claudia',
  'Reto',
  'Barbara',
  'Andreas',
  'Nicole',
  'Stefan',
  'Franziska',
  'Beat',
  'Silvia',
  'Urs',
  'Corinne',
  'Roland',
  'Laura',
  'Luca',
  'Mia',
  'Noah',
  'Elena',
  'Fabio',
  'Zoé',
  'Dragana',
  'Amir',
  'Leonie',
  'Besarta',
  'Tenzin',
  'Chiara',
  'Jonas',
  'Vreni',
  'Köbi',
  'Heidi',
  'Samuel',
  'Selina',
  'Yannick',
] as const
const LAST = [
  'Meier',
  'Müller',
  'Keller',
  'Huber',
  'Frei',
  'Brunner',
  'Weber',
  'Schmid',
  'Zimmermann',
  'Baumann',
  'Widmer',
  'Arnold',
  'Bühler',
  'Gerber',
  'Kaufmann',
  'Hofer',
  'Lüthi',
  'Steiner',
  'Wyss',
  'Graf',
  'Bianchi',
  'Rossi',
  'Favre',
  'Krasniqi',
  'Petrović',
  'Yılmaz',
  'Nguyen',
  'Sutter',
  'Ammann',
  'Egli',
  'Rüegg',
  'Stocker',
  'Hauser',
  'Tanner',
  'Zürcher',
  'Bosshard',
  'Vogt',
  'Caduff',
  'Imhof',
  'Schär',
] as const
const AREAS = ['044', '052', '076', '077', '078', '079'] as const

export const CLUBS = [
  'Turnverein Musterwil',
  'Damenriege',
  'Männerriege',
  'Volleyballclub',
  'Handballclub Zelgli',
  'Unihockey Musterwil',
  'Badminton Club',
  'Judo Club',
  'Tischtennisclub',
  'Kinderturnen',
  'Musikverein Musterwil',
  'Jodlerklub Alpenrösli',
  'Kirchenchor',
  'Theatergruppe',
  'Frauenverein',
  'Feuerwehr Musterwil',
  'Samariterverein',
  'Pro Senectute Ortsgruppe',
  'Elternrat Zelgli',
  'Pfadi Uhu',
  'Schule Zelgli',
  'Bauamt',
  'Gemeinderat',
  'Schulpflege',
  'Steueramt',
  'Spitex',
  'Kulturkommission',
  'Mütter- und Väterberatung',
  'Sozialdienst',
  'Naturschutzverein',
  'Yoga am Abend',
  'Tanzkreis',
  'Ludothek',
  'Mittagstisch',
  'Schachclub',
  'Velo-Club',
  'Rechnungsprüfung',
  'Landfrauen',
] as const
export type Club = (typeof CLUBS)[number]

export type People = Readonly<{
  club: (name: Club) => SamplePerson
  anybody: () => SamplePerson
  families: readonly SamplePerson[]
}>

function phone(dice: Dice): string {
  const pair = () => String(dice.between(0, 99)).padStart(2, '0')
  return `${dice.pick(AREAS)} 000 ${pair()} ${pair()}`
}

function ascii(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[^a-z ]/gi, '')
    .trim()
    .toLowerCase()
    .replaceAll(' ', '.')
}

/** The same people for the same dice; `now` only dates their ids. */
export function people(dice: Dice, now: number): People {
  const id = () => uuid7(now, dice.bytes(16))
  const name = () => `${dice.pick(FIRST)} ${dice.pick(LAST)}`
  const person = (organisation: string): SamplePerson => {
    const who = name()
    const email = dice.roll() < 0.4 ? `${ascii(who)}@example.org` : ''
    return { id: id(), name: who, organisation, phone: phone(dice), email }
  }
  const clubs = new Map<Club, SamplePerson>(CLUBS.map((club) => [club, person(club)]))
  const town = Array.from({ length: 160 }, () => person(''))
  return {
    club: (club) => clubs.get(club) as SamplePerson,
    anybody: () => dice.pick(town),
    families: town.slice(0, 22),
  }
}
