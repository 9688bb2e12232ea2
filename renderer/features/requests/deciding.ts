/**
 * Deciding: approve, deny, waiting list, back to open, the same from the queue, the inspector and an offer.
 *
 * What needs no question happens at once and can be taken back. Before an approval that costs others their place,
 * and before a denial, one question is asked (`DecideDialog`); a refusal is shown there with ways out.
 */
import i18next from 'i18next'
import { create } from 'zustand'
import type { ArgsOf } from '../../../core/commands/calls.ts'
import { losersTo } from '../../../core/domain/competition.ts'
import type { Refusal } from '../../../core/domain/refusal.ts'
import type { BookingState } from '../../../core/domain/standing.ts'
import type { RequestRow } from '../../../core/queries/rows.ts'
import { report } from '../../app/ErrorBoundary.tsx'
import { isTyping } from '../../app/shortcuts.ts'
import { complain, toast } from '../../app/toast.tsx'
import { dispatch } from '../../desk/dispatch.ts'
import { read } from '../../desk/queries.ts'
import { nearIn } from './useRequests.ts'

export type Decision = ArgsOf<'request.decide'>['decisions'][number]
export type As = Decision['as']
/** What is decided on, as far as the question has to name it. */
export type Subject = Readonly<{ token: string; title: string; number: number }>

export type Asking = Readonly<
  | { kind: 'approve'; subject: Subject; losers: readonly RequestRow[]; refusal: Refusal | null }
  | { kind: 'deny'; subject: Subject; refusal: Refusal | null }
>

export const useDeciding = create<{ asking: Asking | null }>(() => ({ asking: null }))

export function decision(token: string, as: As, more: Partial<Decision> = {}): Decision {
  return { token, as, since: null, reason: '', ifLost: false, ...more }
}

/** Sends decisions as one command; answers the refusal, or null where it went through. */
export async function decide(decisions: readonly Decision[]): Promise<Refusal | null> {
  try {
    const { id, outcome } = await dispatch('request.decide', { decisions: [...decisions] })
    if (outcome.status === 'refused') return outcome.refusal
    if (outcome.status === 'accepted') {
      const [first, ...others] = outcome.result.decided
      if (first) {
        const t = i18next.getFixedT(null, 'requests')
        const said = t(`done.${first.as}`, { title: first.title, number: first.number })
        toast(
          others.length > 0 ? `${said}. ${t('done.others', { count: others.length })}` : said,
          id,
        )
      }
    }
    return null
  } catch (error) {
    report(error, 'request.decide')
    complain(i18next.t('failed.title'))
    return null
  }
}

/** Whom an approval would cost the place, at this moment. */
async function losersOf(token: string): Promise<readonly RequestRow[]> {
  const [all, halls] = await Promise.all([read('request.queue', {}), read('resource.all', {})])
  const one = all.find((row) => row.token === token)
  return one ? losersTo(one, all, nearIn(halls)) : []
}

export async function startApproving(subject: Subject): Promise<void> {
  const losers = await losersOf(subject.token)
  const refusal = losers.length > 0 ? null : await decide([decision(subject.token, 'booked')])
  if (losers.length > 0 || refusal) {
    useDeciding.setState({ asking: { kind: 'approve', subject, losers, refusal } })
  }
}

async function atOnce(subject: Subject, as: As): Promise<void> {
  const refusal = await decide([decision(subject.token, as)])
  if (refusal) useDeciding.setState({ asking: { kind: 'deny', subject, refusal } })
}

/** The ways there are from a standing, with their key. */
export const WAYS: Readonly<Partial<Record<BookingState, readonly As[]>>> = {
  request: ['booked', 'denied', 'waiting'],
  waiting: ['booked', 'denied', 'open'],
  denied: ['open', 'waiting'],
}
export const KEY_OF: Readonly<Record<As, string>> = {
  booked: 'A',
  denied: 'R',
  waiting: 'W',
  open: 'Z',
}

export function start(subject: Subject, as: As): void {
  if (as === 'booked') void startApproving(subject)
  else if (as === 'denied') {
    useDeciding.setState({ asking: { kind: 'deny', subject, refusal: null } })
  } else void atOnce(subject, as)
}

/** A, R, W or Z pressed on something with this standing; true where it meant something. */
export function decideByKey(
  event: Pick<
    KeyboardEvent,
    'key' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey' | 'defaultPrevented' | 'target'
  >,
  subject: Subject,
  state: BookingState,
): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return false
  if (event.shiftKey || isTyping(event.target)) return false
  if (document.querySelector('[aria-modal="true"]')) return false
  const as = WAYS[state]?.find((way) => KEY_OF[way] === event.key.toUpperCase())
  if (!as) return false
  start(subject, as)
  return true
}
