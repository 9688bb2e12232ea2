/**
 * Draft: what the clerk has typed for the next booking, as typed.
 *
 * Promises that nothing typed is lost: not by Esc, not by a reload, not by a crash. Kept in the browser's storage of
 * this computer until it is booked or thrown away; never sent anywhere.
 */
import { create } from 'zustand'
import { clockTimeAt, dayOf } from '../../../core/domain/time.ts'
import type { Wish } from '../../desk/store.ts'
import { formatIn } from '../../format/format.ts'

export type Draft = Readonly<{
  /** Names the booking it will become, from its first keystroke on; empty where nothing was begun. */
  token: string
  resource: string
  /** Typed texts, not yet days and times: `14.6`, `1830`. */
  date: string
  from: string
  to: string
  places: string
  /** A person of the register, or empty for a new one. */
  person: string
  name: string
  organisation: string
  phone: string
  email: string
  title: string
  persons: string
  isPublic: boolean
  note: string
}>

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
}

const KEPT_AS = 'allmend.draft'

function kept(): Draft {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEPT_AS) ?? '{}')
    return { ...emptyDraft, ...(found as Partial<Draft>) }
  } catch {
    // A draft that cannot be read is worth less than a panel that opens.
    return emptyDraft
  }
}

export const useDraft = create<Draft>(kept)

useDraft.subscribe((draft) => localStorage.setItem(KEPT_AS, JSON.stringify(draft)))

/** The token of a draft that an earlier run left behind, until it is known what became of it. */
let leftBehind = useDraft.getState().token

/**
 * The storage of the page is written a little later than the database. After a power failure a draft can be there
 * although it was booked: then it is thrown away, so that nobody books it twice.
 */
export async function forgetIfBooked(isBooked: (token: string) => Promise<boolean>): Promise<void> {
  const token = leftBehind
  leftBehind = ''
  if (token && (await isBooked(token))) throwAway()
}

/** Gives the draft its token, where it has none yet. */
export function begin(token: string): void {
  if (useDraft.getState().token === '') useDraft.setState({ token })
}

export function throwAway(): void {
  useDraft.setState(emptyDraft, true)
}

/** Was anything typed that would be missed? A place and time alone came from a click. */
export function isWorthKeeping(draft: Draft): boolean {
  return [draft.name, draft.phone, draft.email, draft.title, draft.persons, draft.note].some(
    (text) => text !== '',
  )
}

/** Puts the time pointed at into the draft; what was typed about people and purpose stays. */
export function startFrom(wish: Wish | null, zone: string): void {
  if (!wish) return
  const format = formatIn('de-CH', zone)
  useDraft.setState({
    ...(wish.resource ? { resource: wish.resource } : {}),
    ...(wish.start === undefined ? {} : { date: format.date(dayOf(wish.start, zone)) }),
    ...(wish.start === undefined || isWholeDay(wish, zone)
      ? {}
      : { from: clockTimeAt(wish.start, zone) }),
    ...(wish.end === undefined || isWholeDay(wish, zone) ? {} : { to: endTime(wish.end, zone) }),
  })
}

/** A whole calendar day means "this day", not "from midnight to midnight". */
function isWholeDay(wish: Wish, zone: string): boolean {
  return (
    wish.start !== undefined &&
    wish.end !== undefined &&
    clockTimeAt(wish.start, zone) === '00:00' &&
    clockTimeAt(wish.end, zone) === '00:00'
  )
}

function endTime(end: number, zone: string): string {
  const time = clockTimeAt(end, zone)
  return time === '00:00' ? '24:00' : time
}
