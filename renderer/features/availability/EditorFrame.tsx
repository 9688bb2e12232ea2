/**
 * EditorFrame: what is wanted on the left, what it would do on the right, and the buttons below that.
 *
 * Promises the focus in the first field; Ctrl+Enter does it, Esc goes back (to keep what was typed is the editor's
 * part); what could not be done has the focus, and a fault of the program is told in words.
 */
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Refusal } from '../../../core/domain/refusal.ts'
import { report } from '../../app/ErrorBoundary.tsx'
import { complain } from '../../app/toast.tsx'
import { Refused } from '../booking/Refused.tsx'
import classes from './Editor.module.css'

/** Fields that say what is wrong with them. */
export const WRONG_FIELD = '[aria-invalid="true"]'

type Props = Readonly<{
  title: string
  lead?: ReactNode
  refusal: Refusal | null
  fields: ReactNode
  /** Says what stands on the right. */
  preview: string
  children: ReactNode
  foot: ReactNode
  /** For the log. */
  command: string
  /** Does it; answers a selector of what has to be filled in first, or nothing. */
  onSubmit(): Promise<string | undefined>
  onBack(): void
  /** Further keys; true where one was used. */
  onKey?(event: KeyboardEvent): boolean
}>

export function EditorFrame(props: Props) {
  const { title, lead, refusal, fields, preview, children, foot, command, onBack, onKey } = props
  const { t } = useTranslation('availability')
  const { t: app } = useTranslation()
  const root = useRef<HTMLFormElement>(null)
  const focus = (selector: string) => root.current?.querySelector<HTMLElement>(selector)?.focus()
  useEffect(() => {
    root.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus()
  }, [])

  const submit = async () => {
    try {
      const missing = await props.onSubmit()
      // A field is marked as wrong when it is drawn again.
      if (missing) requestAnimationFrame(() => focus(missing))
    } catch (error) {
      report(error, command)
      complain(app('failed.title'))
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit()
    else if (event.key === 'Escape' && !event.defaultPrevented) onBack()
    else if (!onKey?.(event)) return
    event.preventDefault()
  }
  return (
    <form
      ref={root}
      className={classes.editor}
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <section className={classes.left} aria-label={t('form')}>
        <h1>{title}</h1>
        {lead}
        {refusal && <Refused refusal={refusal} />}
        {fields}
      </section>
      <section className={classes.right} aria-label={preview}>
        {children}
        <footer className={classes.foot}>{foot}</footer>
      </section>
    </form>
  )
}

export function EditorKeys() {
  return (
    <span className={classes.keys}>
      <kbd>Ctrl ↵</kbd> <kbd>Esc</kbd>
    </span>
  )
}
