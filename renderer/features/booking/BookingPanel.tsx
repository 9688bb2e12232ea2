/**
 * BookingPanel: where and when, who, what; Ctrl+Enter books.
 *
 * Promises that nothing typed is lost (Esc, reload, crash, refusal), that a refusal stands on top in words with
 * ways out, and that the mouse is never needed: Enter goes to the next field, and takes the first option where it is
 * known how many come; Ctrl+Enter books, Alt+Enter takes a request, Alt+W puts on the waiting list, Alt+H keeps the time
 * for the caller. Where staff decides, Ctrl+Enter takes a request.
 */

import { Button, CloseButton } from '@mantine/core'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Option } from '../../../core/domain/hall-options.ts'
import type { Alternative, Refusal } from '../../../core/domain/refusal.ts'
import { dayOf } from '../../../core/domain/time.ts'
import type { QueryArgs } from '../../../core/queries/rows.ts'
import { report } from '../../app/ErrorBoundary.tsx'
import { focusPane, paneOf } from '../../app/panes.ts'
import { complain, toast } from '../../app/toast.tsx'
import { desk } from '../../desk/client.ts'
import { DeskFailure, freshId } from '../../desk/dispatch.ts'
import { read } from '../../desk/queries.ts'
import { useView, type Wish } from '../../desk/store.ts'
import { useCommand } from '../../desk/useCommand.ts'
import { useNow } from '../../desk/useNow.ts'
import { useQuery } from '../../desk/useQuery.ts'
import { useSlow } from '../../desk/useSlow.ts'
import { status, useCutOff, useZone } from '../../desk/useStatus.ts'
import { useFormat } from '../../format/useFormat.ts'
import { Empty } from '../../ui/Empty.tsx'
import { Keys } from '../../ui/Keys.tsx'
import { BookingForm } from './BookingForm.tsx'
import classes from './BookingPanel.module.css'
import { checkDraft } from './check.ts'
import { isByStaff } from './day.ts'
import {
  areDraftsLoaded,
  begin,
  isWorthKeeping,
  loadDrafts,
  park,
  startFrom,
  throwAway,
  useDraft,
} from './draft.ts'
import { isSearching, picked, questionOf, type Searched, searchedOf } from './finding.ts'
import { type Errors, momentOf } from './moment.ts'
import { ParkedCalls } from './ParkedCalls.tsx'
import { type Booked, ReadBack } from './ReadBack.tsx'
import { Refused } from './Refused.tsx'
import { useHallDay } from './useHallDay.ts'
import { letGoOf, useHold } from './useHold.ts'

/** What the toast says. */
const TOLD = {
  booked: 'doneToast',
  request: 'doneToastRequest',
  waiting: 'doneToastWaiting',
} as const

/** The order in which fields are read: the first with an error gets the focus. */
const ORDER = [
  'resource',
  'date',
  'from',
  'to',
  'places',
  'name',
  'phone',
  'organisation',
  'email',
  'title',
  'persons',
  'note',
] as const

export function BookingPanel({ wish }: { wish: Wish | null }) {
  const { t } = useTranslation('booking')
  const { t: app } = useTranslation()
  const format = useFormat()
  const zone = useZone()
  const close = useView((view) => view.closeBooking)
  const { rows: halls } = useQuery('resource.all', {})
  const booking = useCommand('reservation.book')
  const asking = useCommand('reservation.request')
  const busy = booking.busy || asking.busy
  const isSlow = useSlow(busy)
  const isCutOff = useCutOff() !== null
  const draft = useDraft()
  const form = useRef<HTMLDivElement>(null)
  const [errors, setErrors] = useState<Errors>({})
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [booked, setBooked] = useState<Booked | null>(null)
  /** What was asked for before an option was taken, so that the others can be looked at again. */
  const [searched, setSearched] = useState<Readonly<{ token: string; texts: Searched }> | null>(
    null,
  )

  // Mounted anew for each opening: the time pointed at goes in, what was typed about people stays.
  useEffect(() => {
    const start = () => {
      begin(freshId())
      startFrom(wish, zone)
      // When the fields hold what they start from, and before the next key.
      queueMicrotask(() => focusFirstEmpty(form.current))
    }
    if (areDraftsLoaded()) start()
    else {
      void loadDrafts()
        .catch((error: unknown) => report(error, 'draft'))
        .then(start)
    }
  }, [wish, zone])

  // Whoever has somebody on the phone is to see what is true now, and not a moment ago.
  useEffect(() => {
    if (status.get()?.mode === 'connected') void desk.invoke('tryNow')
  }, [])

  const hall = halls?.find((each) => each.id === draft.resource)
  const now = useNow()
  const moment = momentOf(draft, zone, now)
  const day = useHallDay(hall, halls ?? [], moment.day, zone, draft.token)
  const hold = useHold(zone, setRefusal)
  const byStaff = day !== null && moment.during !== null && isByStaff(day, moment.during)

  const focusField = (field: string) => {
    requestAnimationFrame(() =>
      form.current?.querySelector<HTMLElement>(`#booking-${field}`)?.focus(),
    )
  }

  const book = async (as: Booked['as'], evenIfHeld = false) => {
    if (busy || booked) return
    begin(freshId())
    const ids = { token: useDraft.getState().token, person: freshId() }
    const checked = checkDraft(useDraft.getState(), zone, Date.now(), ids)
    if (!checked.ok) {
      setErrors(checked.errors)
      setRefusal(null)
      const first = ORDER.find((field) => checked.errors[field])
      if (first) focusField(first)
      return
    }
    setErrors({})
    const { args } = checked
    try {
      const { id, outcome } =
        as === 'booked'
          ? await booking.run(evenIfHeld ? { ...args, evenIfHeld } : args)
          : await asking.run({ ...args, waiting: as === 'waiting' })
      if (outcome.status === 'refused') {
        setRefusal(outcome.refusal)
        if (outcome.refusal.code === 'bad-email') setErrors({ email: 'email' })
        return
      }
      setRefusal(null)
      throwAway()
      const { start, end } = args.during
      if (outcome.status === 'accepted') {
        toast(t(TOLD[as], { title: args.title, when: format.span(start, end) }), id)
      }
      setBooked({
        command: id,
        as,
        token: args.token,
        told:
          outcome.status === 'accepted'
            ? { number: outcome.result.number }
            : { predicted: outcome.predicted },
        title: args.title,
        who: args.person.organisation || args.person.name,
        where: format.list(
          [args.resource, ...(args.also ?? [])].map(
            (id) => halls?.find((each) => each.id === id)?.name ?? '',
          ),
        ),
        start,
        end,
      })
    } catch (error) {
      report(error, as === 'booked' ? 'reservation.book' : 'reservation.request')
      const detail = error instanceof DeskFailure ? error.message : String(error)
      complain(app('failed.text', { detail }))
    }
  }

  const take = ({ resource, start, end }: Alternative) => {
    startFrom({ resource, start, end }, zone)
    useDraft.setState({ holds: true })
    setRefusal(null)
    form.current?.querySelector<HTMLElement>('#booking-submit')?.focus()
  }

  const pick = (option: Option, ask: QueryArgs<'hall.find'>) => {
    const before = useDraft.getState()
    setSearched({ token: before.token, texts: searchedOf(before) })
    useDraft.setState(picked(option, ask, zone, format.date))
    setErrors({})
    setRefusal(null)
    requestAnimationFrame(() => focusFirstEmpty(form.current))
  }

  /** The best there is for what stands in the panel now, also where the list still shows an earlier answer. */
  const takeFirst = async (from: HTMLElement) => {
    const { ask } = questionOf(useDraft.getState(), zone, now)
    const [first] = ask ? (await read('hall.find', ask)).options : []
    if (first && ask) pick(first, ask)
    else focusNext(form.current, from)
  }

  const search = () => {
    const again = searched && searched.token === useDraft.getState().token
    useDraft.setState({ ...(again ? searched.texts : { resource: '' }), also: '' })
    setRefusal(null)
    focusField('date')
  }

  const leave = () => {
    if (!booked) park()
    close()
    requestAnimationFrame(() => {
      // Whoever takes the next call at once is in its first field already.
      if (!useView.getState().booking.open) focusPane(paneOf('main'))
    })
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return
    // The first Esc closes an open list of suggestions, the second one the panel.
    if (event.key === 'Escape' && isListOpen(event.target)) return
    if (event.key === 'Escape') {
      event.preventDefault()
      leave()
    } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void book(byStaff ? 'request' : 'booked')
    } else if (event.key === 'Enter' && event.altKey) {
      event.preventDefault()
      void book('request')
    } else if (event.key.toLowerCase() === 'f' && event.altKey && !event.ctrlKey) {
      event.preventDefault()
      search()
    } else if (event.key.toLowerCase() === 'w' && event.altKey && !event.ctrlKey) {
      event.preventDefault()
      void book('waiting')
    } else if (event.key.toLowerCase() === 'h' && event.altKey && !event.ctrlKey) {
      event.preventDefault()
      hold.hold?.()
    } else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      event.preventDefault()
      const { id } = event.target
      if (id === 'booking-persons' && isSearching(draft, dayOf(now, zone))) {
        takeFirst(event.target).catch((error: unknown) => report(error, 'hall.find'))
      } else focusNext(form.current, event.target)
    }
  }

  if (halls?.length === 0) {
    return (
      <section className={classes.panel}>
        <Head onClose={leave} />
        <Empty
          action={
            <Button
              variant="filled"
              onClick={() => {
                close()
                useView.getState().go('settings/halls?add')
              }}
            >
              {t('addHall')}
            </Button>
          }
        >
          {t('noHalls')}
        </Empty>
      </section>
    )
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the whole panel; each control in it is real
    <div className={classes.panel} onKeyDown={onKeyDown} ref={form}>
      <Head onClose={leave} />
      <ParkedCalls
        onResume={() => {
          setBooked(null)
          setErrors({})
          setRefusal(null)
          focusField('title')
        }}
      />
      {booked ? (
        <ReadBack booked={booked} onNext={() => useView.getState().openBooking()} />
      ) : (
        <>
          <div className={classes.body}>
            {refusal && (
              <Refused
                refusal={refusal}
                onTake={take}
                onWait={() => void book('waiting')}
                onAnyway={() => void book('booked', true)}
              />
            )}
            <BookingForm
              errors={errors}
              halls={halls ?? []}
              hold={hold}
              onPick={pick}
              onSearch={search}
            />
          </div>
          <footer className={classes.foot}>
            <Button
              id="booking-submit"
              variant="filled"
              aria-disabled={busy}
              aria-keyshortcuts="Control+Enter"
              onClick={() => void book(byStaff ? 'request' : 'booked')}
            >
              {t(isSlow ? 'sending' : byStaff ? 'request' : isCutOff ? 'noteRequest' : 'book')}{' '}
              <Keys keys="Ctrl ⏎" plain />
            </Button>
            <Button
              aria-disabled={busy}
              aria-keyshortcuts="Alt+W"
              onClick={() => void book('waiting')}
            >
              {t('waitingList')} <Keys keys="Alt W" />
            </Button>
            {byStaff ? (
              <Button aria-disabled={busy} onClick={() => void book('booked')}>
                {t('bookAnyway')}
              </Button>
            ) : (
              <Button
                aria-disabled={busy}
                aria-keyshortcuts="Alt+Enter"
                onClick={() => void book('request')}
              >
                {t('request')} <Keys keys="Alt ⏎" />
              </Button>
            )}
            {isWorthKeeping(draft) && (
              <Button
                variant="subtle"
                color="gray"
                className={classes.discard}
                onClick={() => {
                  if (draft.holds) letGoOf(draft.token)
                  throwAway()
                  begin(freshId())
                  setErrors({})
                  setRefusal(null)
                  focusField('resource')
                }}
              >
                {t('discard')}
              </Button>
            )}
          </footer>
        </>
      )}
    </div>
  )
}

function Head({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('booking')
  const { t: app } = useTranslation()
  return (
    <header className={classes.head}>
      <h2>{t('title')}</h2>
      <span className={classes.space} />
      <span className={classes.hint}>{t('draftKept')}</span>
      <CloseButton aria-label={app('close')} aria-keyshortcuts="Escape" onClick={onClose} />
    </header>
  )
}

function isListOpen(target: EventTarget): boolean {
  return target instanceof HTMLElement && target.getAttribute('aria-expanded') === 'true'
}

function fieldsOf(form: HTMLElement | null): HTMLElement[] {
  return [
    ...(form?.querySelectorAll<HTMLElement>(
      '[data-field] input:not([type="hidden"]):not([type="checkbox"]), [data-field] textarea, [data-option][tabindex="0"], #booking-submit',
    ) ?? []),
  ]
}

function focusFirstEmpty(form: HTMLElement | null): void {
  const fields = fieldsOf(form)
  const empty = fields.find((field) => field instanceof HTMLInputElement && field.value === '')
  const first = empty ?? fields[0]
  first?.focus()
}

function focusNext(form: HTMLElement | null, from: HTMLElement): void {
  const fields = fieldsOf(form)
  fields[fields.indexOf(from) + 1]?.focus()
}
