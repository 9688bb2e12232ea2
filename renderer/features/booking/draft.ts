/**
 * Draft: what the clerk has typed for the next booking, as typed, and the calls that wait meanwhile.
 *
 * Promises that nothing typed is lost: not by Esc, not by a reload, not by a crash of the whole program. Kept in the
 * data folder until it is booked or thrown away; never sent anywhere.
 */
import { create } from 'zustand'
import type { Draft } from '../../../core/contract.ts'
import { MOST_PARKED } from '../../../core/domain/desk-view.ts'
import { clockTimeAt, dayOf } from '../../../core/domain/time.ts'
import { desk } from '../../desk/client.ts'
import { read } from '../../desk/queries.ts'
import type { Wish } from '../../desk/store.ts'
import { formatIn } from '../../format/format.ts'
import { emptyDraft } from './emptyDraft.ts'

/** Writing waits this long, so that not each letter is written; a crash costs at most that much, however fast one types. */
const WAITS_MS = 250

export const useDraft = create<Draft>(() => emptyDraft)
/** Calls that wait, the oldest first. */
export const useParked = create<{ parked: readonly Draft[] }>(() => ({ parked: [] }))

let writing: ReturnType<typeof setTimeout> | undefined

function write(): void {
  clearTimeout(writing)
  writing = undefined
  const now = useDraft.getState()
  void desk.invoke('keepDrafts', {
    current: isWorthKeeping(now) ? now : null,
    parked: [...useParked.getState().parked],
  })
}

function writeSoon(): void {
  writing ??= setTimeout(write, WAITS_MS)
}

async function load(): Promise<void> {
  const reply = await desk.invoke('drafts')
  if (!reply.ok) throw new Error(`drafts: ${reply.error.code} ${reply.error.detail}`)
  const { current, parked } = reply.value
  useParked.setState({ parked })
  // Whoever was faster than the disk goes on with what is typed.
  if (current && !isWorthKeeping(useDraft.getState())) useDraft.setState(current)
  useDraft.subscribe(writeSoon)
  useParked.subscribe(writeSoon)
  window.addEventListener('pagehide', () => {
    if (writing !== undefined) write()
  })
}

let loading: Promise<void> | undefined
let loaded = false

/** Brings back what an earlier run left behind; once, however often it is asked for. */
export function loadDrafts(): Promise<void> {
  loading ??= load()
    .then(forgetBooked)
    .finally(() => {
      loaded = true
    })
  return loading
}

/** Whether that is over: then a panel that opens is ready for the very next key. */
export function areDraftsLoaded(): boolean {
  return loaded
}

/**
 * A draft is written a moment later than the database. After a power failure one can be there although it was
 * booked: then it is thrown away, so that nobody books it twice.
 */
async function forgetBooked(): Promise<void> {
  const isBooked = async (token: string) => (await read('booking.one', { token })) !== null
  const { token } = useDraft.getState()
  if (token && (await isBooked(token)) && useDraft.getState().token === token) throwAway()
  for (const each of useParked.getState().parked) {
    if (each.token && (await isBooked(each.token))) forget(each)
  }
}

function forget(draft: Draft): void {
  useParked.setState(({ parked }) => ({ parked: parked.filter((each) => each !== draft) }))
}

/** Puts the call aside, so that another can be served; false where five wait already, and it stays where it is. */
export function park(): boolean {
  const draft = useDraft.getState()
  const { parked } = useParked.getState()
  if (!isWorthKeeping(draft) || parked.length >= MOST_PARKED) return false
  useParked.setState({ parked: [...parked, draft] })
  throwAway()
  return true
}

/** Goes on with a call that waits; the one at hand waits in its place. */
export function resume(draft: Draft): void {
  forget(draft)
  park()
  useDraft.setState(draft, true)
}

/** Gives the draft its token, where it has none yet. */
export function begin(token: string): void {
  if (useDraft.getState().token === '') useDraft.setState({ token })
}

export function throwAway(): void {
  useDraft.setState(emptyDraft, true)
}

/** Was anything typed that would be missed, or is a time kept? A place and time alone came from a click. */
export function isWorthKeeping(draft: Draft): boolean {
  if (draft.holds) return true
  return [draft.name, draft.phone, draft.email, draft.title, draft.persons, draft.note].some(
    (text) => text !== '',
  )
}

/** Puts the time pointed at into the draft; what was typed about people and purpose stays. */
export function startFrom(wish: Wish | null, zone: string): void {
  if (!wish) return
  const format = formatIn('de-CH', zone)
  useDraft.setState({
    ...(wish.resource ? { resource: wish.resource, also: '' } : {}),
    ...(wish.start === undefined
      ? {}
      : { date: format.date(dayOf(wish.start, zone)), weekdays: '' }),
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
