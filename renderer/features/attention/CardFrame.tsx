/** CardFrame: one card of the list: what it is, what was noted and by whom; its keys work wherever the focus is in it. */
import { type KeyboardEvent, type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { isTyping } from '../../app/shortcuts.ts'
import { useFormat } from '../../format/useFormat.ts'
import classes from './Attention.module.css'
import type { CardProps } from './useCards.ts'

type Props = Readonly<{
  tone: 'bad' | 'wait'
  state: string
  what: string
  noted: Readonly<{ actor: string; issuedAt: number }>
  card: CardProps
  /** By the key as it is pressed. */
  keys: Readonly<Record<string, (() => void) | undefined>>
  children: ReactNode
}>

export function CardFrame({ tone, state, what, noted, card, keys, children }: Props) {
  const { t } = useTranslation('sync')
  const format = useFormat()
  const id = useId()
  const when = format.moment(noted.issuedAt)
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey
    const run = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (!run || !isPlain || isTyping(event.target)) return card.onKeyDown(event)
    event.preventDefault()
    // A digit is a screen elsewhere.
    event.stopPropagation()
    run()
  }
  return (
    <article
      {...card}
      onKeyDown={onKeyDown}
      className={classes.card}
      data-tone={tone}
      aria-labelledby={`${id}-state ${id}-what`}
    >
      <header className={classes.head}>
        <p id={`${id}-state`} className={classes.state}>
          <span className={classes.sign} aria-hidden="true" />
          {state}
        </p>
        <p className={classes.noted}>
          {noted.actor
            ? t('panel.notedBy', { when, who: noted.actor })
            : t('panel.noted', { when })}
        </p>
        <h2 id={`${id}-what`}>{what}</h2>
      </header>
      {children}
    </article>
  )
}
