/**
 * Check: from typed texts to the arguments of `reservation.book`, or to what is missing, field by field.
 *
 * Uses the very schema the core applies. Pure: ids come from the caller. Warnings never block; what is missing does.
 */

import type { ArgsOf } from '../../../core/commands/calls.ts'
import { reservationBook } from '../../../core/commands/calls.ts'
import type { Draft } from '../../../core/contract.ts'
import { isPhone } from '../../../core/domain/phone.ts'
import { isTooLong } from '../../format/limits.ts'
import { type Errors, type Field, type Missing, momentOf } from './moment.ts'

export type Ids = Readonly<{ token: string; person: string }>
export type Checked =
  | Readonly<{ ok: true; args: ArgsOf<'reservation.book'> }>
  | Readonly<{ ok: false; errors: Errors }>

/** A whole number as typed; null where nothing was typed, undefined where it is none. */
export function countOf(text: string): number | null | undefined {
  const typed = text.trim().replace(/['’\s]/g, '')
  if (typed === '') return null
  return /^\d{1,7}$/.test(typed) ? Number(typed) : undefined
}

const messages: Readonly<Record<string, readonly [Field, Missing]>> = {
  resource: ['resource', 'resource'],
  during: ['to', 'order'],
  places: ['places', 'places'],
  title: ['title', 'title'],
  persons: ['persons', 'persons'],
  'person.name': ['name', 'name'],
  'person.email': ['email', 'email'],
}
/** Fields that can hold too many characters. */
const LONG = ['name', 'organisation', 'phone', 'email', 'title', 'note'] as const
const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/

/** What the booking is called: what was typed, or else whoever reserves. The public is never shown a name nobody typed. */
export function titleOf({ title, isPublic, organisation, name }: Draft): string {
  return title.trim() || (isPublic ? '' : organisation.trim() || name.trim())
}

export function checkDraft(draft: Draft, zone: string, now: number, ids: Ids): Checked {
  const moment = momentOf(draft, zone, now)
  const errors: Partial<Record<Field, Missing>> = { ...moment.errors }
  const persons = countOf(draft.persons)
  const places = countOf(draft.places)
  if (persons === undefined || persons === 0) errors.persons = 'persons'
  if (!places) errors.places = 'places'
  if (draft.phone.trim() && !isPhone(draft.phone)) errors.phone = 'phone'
  if (draft.email.trim() && !EMAIL.test(draft.email.trim())) errors.email = 'email'

  for (const field of LONG) if (isTooLong(field, draft[field])) errors[field] = 'long'

  const args = {
    token: ids.token,
    resource: draft.resource,
    ...(draft.also ? { also: [draft.also] } : {}),
    during: moment.during ?? { start: 0, end: 1 },
    places: places ?? 1,
    title: titleOf(draft),
    publicTitle: draft.isPublic ? draft.title : '',
    note: draft.note,
    persons: persons ?? null,
    person: {
      id: draft.person || ids.person,
      name: draft.name,
      organisation: draft.organisation,
      phone: draft.phone,
      email: draft.email,
    },
  }
  const parsed = reservationBook.safeParse(args)
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const path = issue.path.join('.')
      const known = messages[path] ?? messages[String(issue.path[0])]
      // Without a name there is no title either: one thing at a time.
      if (known?.[0] === 'title' && !draft.isPublic && draft.title.trim() === '') continue
      if (known && !errors[known[0]]) errors[known[0]] = known[1]
    }
  }
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  if (!parsed.success) throw new Error(`unexplained: ${parsed.error.message}`)
  return { ok: true, args: parsed.data }
}
