/** Fill from: starts a draft with the people and purpose of an earlier booking; the date is asked anew. */
import type { BookingRow } from '../../../core/queries/rows.ts'
import { park, useDraft } from './draft.ts'

type Who = Readonly<{
  id: string
  name: string
  organisation: string
  phone: string
  email: string
}>

/** Who is calling; nothing else of the draft is touched. */
export function fillPerson(person: Who | null): void {
  useDraft.setState({
    person: person?.id ?? '',
    name: person?.name ?? '',
    organisation: person?.organisation ?? '',
    phone: person?.phone ?? '',
    email: person?.email ?? '',
  })
}

type Earlier = Pick<BookingRow, 'places' | 'title' | 'persons' | 'publicTitle' | 'person'>

export function fillFrom(row: Earlier): void {
  park()
  useDraft.setState({
    date: '',
    from: '',
    to: '',
    also: '',
    length: '',
    weekdays: '',
    features: '',
    holds: false,
    places: String(row.places),
    title: row.title,
    persons: row.persons === null ? '' : String(row.persons),
    isPublic: row.publicTitle !== '',
    note: '',
  })
  fillPerson(row.person)
}
