/**
 * Person: what the desk knows of somebody, or of an organisation and who speaks for it. Pure: what two cards become
 * when they turn out to be one, so that the preview on the screen is what happens.
 */
import type { Language } from './language.ts'
import { phoneDigits } from './phone.ts'

export type PersonCard = Readonly<{
  name: string
  organisation: string
  /** As typed, the first one is shown first. */
  phones: readonly string[]
  /** Empty where there is none. */
  email: string
  street: string
  postcode: string
  town: string
  /** Empty: not said. */
  language: Language | ''
  /** Internal, never exported. */
  note: string
}>

export const PERSON_FIELDS = [
  'name',
  'organisation',
  'phones',
  'email',
  'street',
  'postcode',
  'town',
  'language',
  'note',
] as const satisfies readonly (keyof PersonCard)[]

/** More phones than this no caller has; it is also what a command takes. */
export const MOST_PHONES = 8
const LONGEST_NOTE = 4000

/** Each number once, however it was typed. */
function distinct(phones: readonly string[]): string[] {
  const seen = new Set<string>()
  return phones.filter((phone) => {
    const digits = phoneDigits(phone)
    return digits !== '' && !seen.has(digits) && seen.add(digits)
  })
}

/** What stays of two cards: the survivor's word where it has one, all phones, both notes. */
export function merged(into: PersonCard, from: PersonCard): PersonCard {
  const notes = [into.note, from.note].filter((note) => note !== '')
  // An address is one thing: half of one and half of the other would lead nowhere.
  const address = into.street || into.postcode || into.town ? into : from
  return {
    name: into.name || from.name,
    organisation: into.organisation || from.organisation,
    phones: distinct([...into.phones, ...from.phones]).slice(0, MOST_PHONES),
    email: into.email || from.email,
    street: address.street,
    postcode: address.postcode,
    town: address.town,
    language: into.language || from.language,
    note: [...new Set(notes)].join('\n').slice(0, LONGEST_NOTE),
  }
}

export function sameValue(one: string | readonly string[], other: string | readonly string[]) {
  return JSON.stringify(one) === JSON.stringify(other)
}
