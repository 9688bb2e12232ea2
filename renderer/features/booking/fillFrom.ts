/** Fill from: starts a draft with the people and purpose of an earlier booking; the date is asked anew. */
import type { BookingRow } from '../../../core/queries/rows.ts'
import { useDraft } from './draft.ts'

export function fillFrom(row: BookingRow): void {
  useDraft.setState({
    date: '',
    from: '',
    to: '',
    places: String(row.places),
    person: row.person?.id ?? '',
    name: row.person?.name ?? '',
    organisation: row.person?.organisation ?? '',
    phone: row.person?.phone ?? '',
    email: row.person?.email ?? '',
    title: row.title,
    persons: row.persons === null ? '' : String(row.persons),
    isPublic: row.publicTitle !== '',
    note: '',
  })
}
