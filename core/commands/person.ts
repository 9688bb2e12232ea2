/** People: adding, changing, removing; and two cards that turn out to be one person, with a way back. */
import { merged, PERSON_FIELDS, type PersonCard, sameValue } from '../domain/person.ts'
import { isPhone } from '../domain/phone.ts'
import type { Refusal } from '../domain/refusal.ts'
import { deleteBarePlaces, hangsOnPlaceOf } from '../store/material-things.ts'
import {
  deletePerson,
  dependentsOfPerson,
  moveBack,
  moveToSurvivor,
  personById,
  type StoredPerson,
  writePerson,
} from '../store/people.ts'
import type { ArgsOf, ResultOf } from './calls.ts'
import * as calls from './calls.ts'
import { accepted, type CommandDefinition, type Context, refused } from './command.ts'

type Define<N extends calls.CommandName> = CommandDefinition<N, ArgsOf<N>, ResultOf<N>>

/** The whole card, as a command takes and gives it. */
function cardOf(stored: StoredPerson): ArgsOf<'person.add'>['card'] {
  const { id: _, mergedInto: __, ...card } = stored
  return { ...card, phones: [...card.phones] }
}

function wrongIn(card: {
  email?: string | undefined
  phones?: readonly string[] | undefined
}): Refusal | undefined {
  if (card.email && !calls.emailAddress.test(card.email)) return { code: 'bad-email' }
  return card.phones?.every(isPhone) === false ? { code: 'bad-phone' } : undefined
}

/** Whoever was merged into another is not there any more. */
async function present(context: Context, id: string): Promise<StoredPerson | undefined> {
  const person = await personById(context.tx, id)
  return person?.mergedInto === null ? person : undefined
}

const shown = (card: Pick<PersonCard, 'name' | 'organisation'>) => card.organisation || card.name

export const personAdd: Define<'person.add'> = {
  name: 'person.add',
  version: 1,
  args: calls.personAdd,
  subjects: ({ person }) => [person],
  makes: ({ person }) => [person],
  inverse: ({ person }) => ({ name: 'person.remove', args: { person } }),
  async handle(context, { person, card }) {
    const wrong = wrongIn(card)
    if (wrong) return refused(wrong)
    if (await personById(context.tx, person)) {
      return refused({ code: 'exists', what: 'person', name: shown(card) })
    }
    await writePerson(context.tx, person, card)
    return accepted({ name: shown(card) })
  },
}

export const personChange: Define<'person.change'> = {
  name: 'person.change',
  version: 1,
  args: calls.personChange,
  subjects: ({ person }) => [person],
  inverse: ({ person }, { before }) => ({ name: 'person.change', args: { person, card: before } }),
  async handle(context, { person, card }) {
    const wrong = wrongIn(card)
    if (wrong) return refused(wrong)
    const stored = await present(context, person)
    if (!stored) return refused({ code: 'gone', what: 'person' })
    const was = cardOf(stored)
    const named = PERSON_FIELDS.filter((field) => card[field] !== undefined)
    const changes = Object.fromEntries(named.map((field) => [field, card[field]]))
    const now = { ...was, ...changes } as typeof was
    await writePerson(context.tx, person, now)
    const before = Object.fromEntries(named.map((field) => [field, was[field]]))
    return accepted({ before, name: shown(now) })
  },
}

export const personRemove: Define<'person.remove'> = {
  name: 'person.remove',
  version: 1,
  args: calls.personRemove,
  subjects: ({ person }) => [person],
  inverse: ({ person }, { card }) => ({ name: 'person.add', args: { person, card } }),
  async handle(context, { person }) {
    const stored = await present(context, person)
    if (!stored) return refused({ code: 'gone', what: 'person' })
    const bookings = await dependentsOfPerson(context.tx, person)
    const count = bookings + (await hangsOnPlaceOf(context.tx, person))
    if (count > 0) {
      return refused({ code: 'in-use', what: 'person', name: shown(stored), by: [], count })
    }
    await deleteBarePlaces(context.tx, person)
    await deletePerson(context.tx, person)
    return accepted({ card: cardOf(stored) })
  },
}

export const personMerge: Define<'person.merge'> = {
  name: 'person.merge',
  version: 1,
  args: calls.personMerge,
  subjects: ({ into, from }) => [into, from],
  inverse: ({ into, from }, { before, after, bookings, also }) => ({
    name: 'person.split',
    args: { into, from, before, after, bookings: [...bookings], also: [...also] },
  }),
  async handle(context, { into, from }) {
    const survivor = await present(context, into)
    const other = await present(context, from)
    if (!survivor || !other || into === from) return refused({ code: 'gone', what: 'person' })
    const before = cardOf(survivor)
    const one = merged(before, other)
    const after = { ...one, phones: [...one.phones] }
    await writePerson(context.tx, into, after)
    const moved = await moveToSurvivor(context.tx, from, into)
    return accepted({ before, after, ...moved, name: shown(survivor), other: shown(other) })
  },
}

/** The opposite of merging. What was changed on the survivor since stays as it was changed. */
export const personSplit: Define<'person.split'> = {
  name: 'person.split',
  version: 1,
  args: calls.personSplit,
  subjects: ({ into, from }) => [into, from],
  inverse: ({ into, from }) => ({ name: 'person.merge', args: { into, from } }),
  async handle(context, { into, from, before, after, bookings, also }) {
    const survivor = await present(context, into)
    const other = await personById(context.tx, from)
    if (!survivor || other?.mergedInto !== into) return refused({ code: 'gone', what: 'person' })
    const now = cardOf(survivor)
    const untouched = PERSON_FIELDS.filter((field) => sameValue(now[field], after[field]))
    const back = Object.fromEntries(untouched.map((field) => [field, before[field]]))
    await writePerson(context.tx, into, { ...now, ...back } as typeof now)
    await moveBack(context.tx, from, into, { bookings, also })
    return accepted({ name: shown(survivor), other: shown(other) })
  },
}
