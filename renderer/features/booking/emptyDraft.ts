/** The panel before anything was typed. Apart from the drafts that are kept, which need a desk to keep them. */
import type { Draft } from '../../../core/contract.ts'

export const emptyDraft: Draft = {
  token: '',
  resource: '',
  date: '',
  from: '',
  to: '',
  places: '1',
  person: '',
  name: '',
  organisation: '',
  phone: '',
  email: '',
  title: '',
  persons: '',
  isPublic: false,
  note: '',
  also: '',
  length: '',
  weekdays: '',
  features: '',
  holds: false,
}
