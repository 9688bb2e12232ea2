/**
 * ConcernCard: one command that came to nothing, or was done although it had been taken back: who is in the way and was
 * first, whom to call, what is free now, and the ways out, each with its key.
 */
import { Button, VisuallyHidden } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConcernedCommand } from '../../../core/contract.ts'
import type { Alternative, Refusal } from '../../../core/domain/refusal.ts'
import { dayOf } from '../../../core/domain/time.ts'
import type { ResourceRow } from '../../../core/queries/rows.ts'
import { report } from '../../app/ErrorBoundary.tsx'
import { complain, toast } from '../../app/toast.tsx'
import { refusalText } from '../../format/refusal.ts'
import { useFormat } from '../../format/useFormat.ts'
import { useWishText } from '../../format/useWishText.ts'
import { Keys } from '../../ui/Keys.tsx'
import classes from './Attention.module.css'
import { Caller } from './Caller.tsx'
import { CardFrame } from './CardFrame.tsx'
import { InTheWay, inTheWayOf } from './InTheWay.tsx'
import { lookFurther } from './lookFurther.ts'
import { drop, instead, onceMore, settle, waitingFor } from './settle.ts'
import type { CardProps } from './useCards.ts'

type Props = Readonly<{
  concern: ConcernedCommand
  halls: readonly ResourceRow[]
  card: CardProps
}>

export function ConcernCard({ concern, halls, card }: Props) {
  const { t } = useTranslation('attention')
  const { t: app } = useTranslation()
  const { t: refusals } = useTranslation('refusal')
  const format = useFormat()
  const say = useWishText(halls)
  const [busy, setBusy] = useState(false)
  const [again, setAgain] = useState<Refusal | null>(null)
  const { id, refusal, alternatives, also, at } = concern
  const isWish = alternatives.length > 0 || waitingFor(concern) !== null
  const isLate = refusal === null
  const inTheWay = inTheWayOf(refusal)

  const doing = async (work: () => Promise<void>) => {
    if (busy) return
    setBusy(true)
    setAgain(null)
    try {
      await work()
    } catch (error) {
      report(error, 'attention')
      complain(app('failed.title'))
    } finally {
      setBusy(false)
    }
  }
  const send = (what: ReturnType<typeof waitingFor>) =>
    what
      ? () =>
          void doing(async () => {
            const settled = await settle(id, what)
            if (settled.status === 'refused') return setAgain(settled.refusal)
            // What is only noted tells so by itself.
            if (settled.outcome.status !== 'accepted') return
            const { number } = settled.outcome.result as { number?: number }
            const words = say({ ...what, told: concern.told })
            toast(
              number ? t('booked', { what: words, number }) : t('didIt', { what: words }),
              settled.id,
            )
          })
      : undefined
  const undo = () =>
    void doing(async () => {
      const reply = await settle(id, { name: 'undo', args: { command: id } })
      if (reply.status === 'refused') setAgain(reply.refusal)
    })
  const dropIt = () => void doing(() => drop(id))
  const takes = alternatives.map((each) => ({ each, take: send(instead(concern, each)) }))
  const wait = send(waitingFor(concern))
  const further = lookFurther(concern)
  const once = send(onceMore(concern))

  const keys = {
    ...Object.fromEntries(takes.map(({ take }, index) => [String(index + 1), take])),
    w: wait,
    Delete: isLate ? undo : dropIt,
  }
  return (
    <CardFrame
      tone="bad"
      state={t(isLate ? 'state.late' : isWish ? 'state.refused' : 'state.other')}
      what={say(concern)}
      noted={concern}
      card={card}
      keys={keys}
    >
      <div className={classes.body} aria-busy={busy}>
        <div className={classes.why}>
          {inTheWay.length > 0 && refusal && 'wish' in refusal ? (
            <InTheWay entries={inTheWay} hall={refusal.wish.resourceName} at={at} />
          ) : (
            <p>{isLate ? t('lateText') : refusalText(refusals, refusal, format)}</p>
          )}
          {also.length > 0 && (
            <div className={classes.also}>
              <h3>{t('also')}</h3>
              <ul>
                {also.map((one) => (
                  <li key={one.id}>{say(one)}</li>
                ))}
              </ul>
            </div>
          )}
        </div>
        <Caller concern={concern} />
      </div>
      {isWish && !isLate && (
        <div className={classes.free}>
          <h3>{takes.length > 0 ? t('free') : t('noneFree')}</h3>
          {takes.map(({ each, take }, index) => (
            <Take key={`${each.resource} ${each.start}`} each={each} index={index} onTake={take} />
          ))}
        </div>
      )}
      {again && (
        <p role="alert" className={classes.again}>
          {refusalText(refusals, again, format)}
        </p>
      )}
      <footer className={classes.acts}>
        {isLate && (
          <Button variant="filled" onClick={dropIt}>
            {t('keep')}
          </Button>
        )}
        {isLate && (
          <Button aria-keyshortcuts="Delete" onClick={undo}>
            {t('undo')} <Keys keys="Del" />
          </Button>
        )}
        {once && <Button onClick={once}>{t('again')}</Button>}
        {further && !isLate && <Button onClick={further}>{t('look')}</Button>}
        {wait && !isLate && (
          <Button aria-keyshortcuts="W" onClick={wait}>
            {t('wait')} <Keys keys="W" />
          </Button>
        )}
        {!isLate && (
          <Button aria-keyshortcuts="Delete" onClick={dropIt}>
            {t(isWish ? 'drop' : 'done')} <Keys keys="Del" />
          </Button>
        )}
      </footer>
    </CardFrame>
  )
}

type TakeProps = Readonly<{ each: Alternative; index: number; onTake: (() => void) | undefined }>

function Take({ each, index, onTake }: TakeProps) {
  const { t } = useTranslation('attention')
  const format = useFormat()
  const { resourceName, start, end } = each
  const when = `${format.dayShort(dayOf(start, format.zone))}, ${format.times(start, end)}`
  return (
    <button
      type="button"
      className={classes.take}
      aria-keyshortcuts={String(index + 1)}
      onClick={onTake}
    >
      <Keys keys={String(index + 1)} />
      <VisuallyHidden>{t('take')} </VisuallyHidden>
      <span className={classes.when}>{when}</span> <span>{resourceName}</span>
    </button>
  )
}
