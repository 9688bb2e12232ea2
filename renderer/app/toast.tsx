/**
 * Toast: one line about what just happened, for eight seconds, with the way back.
 *
 * Read out by screen readers through the live region; never the only place where a refusal is told.
 */
import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import type { Refusal } from '../../core/domain/refusal.ts'
import { read } from '../desk/queries.ts'
import { status } from '../desk/useStatus.ts'
import { formatIn } from '../format/format.ts'
import { refusalText } from '../format/refusal.ts'
import { stepText } from '../format/wish.ts'
import { languageOf } from '../locales/words.ts'
import { Unbroken } from '../ui/Unbroken.tsx'
import { report } from './ErrorBoundary.tsx'
import classes from './toast.module.css'
import { redo, type Undone, undo } from './undo.ts'

/** `command`: offers to undo exactly this one. */
export function toast(text: string, command?: string): void {
  toastWith(
    text,
    command ? { label: i18next.t('undo'), run: () => void undoAndTell(command) } : undefined,
  )
}

/** One line with one thing to do about it. */
export function toastWith(
  text: string,
  action?: Readonly<{ label: string; run: () => void }>,
): void {
  const id = notifications.show({
    // The same words stand there once.
    ...(action ? {} : { id: text }),
    withCloseButton: false,
    role: 'status',
    message: (
      <span className={classes.toast}>
        <span className={classes.text}>
          <Unbroken text={text} />
        </span>
        {action && (
          <button
            type="button"
            className={classes.action}
            onClick={() => {
              notifications.hide(id)
              action.run()
            }}
          >
            {action.label}
          </button>
        )}
      </span>
    ),
  })
}

export function complain(text: string): void {
  notifications.show({
    role: 'alert',
    withCloseButton: true,
    closeButtonProps: { 'aria-label': i18next.t('close') },
    message: (
      <span className={classes.bad}>
        <Unbroken text={text} />
      </span>
    ),
  })
}

/** Answers why it could not be, for whoever has a place to keep that on the screen. */
export function undoAndTell(command?: string): Promise<Refusal | null> {
  return tell(undo(command), 'undone')
}

export function redoAndTell(): Promise<Refusal | null> {
  return tell(redo(), 'redone')
}

async function tell(work: Promise<Undone>, key: 'undone' | 'redone'): Promise<Refusal | null> {
  const format = formatIn(languageOf(i18next.language), status.get()?.zone || 'Europe/Zurich')
  try {
    const undone = await work
    if (undone.status === 'nothing') return null
    if (undone.status === 'refused') {
      complain(refusalText(i18next.getFixedT(null, 'refusal'), undone.refusal, format))
      return undone.refusal
    }
    const halls = await read('resource.all', {})
    const words = {
      history: i18next.getFixedT(null, 'history'),
      sync: i18next.getFixedT(null, 'sync'),
    }
    const what = stepText(words, undone.what, halls, format)
    toast(i18next.t(key, { what }))
  } catch (error) {
    report(error, 'undo')
    complain(i18next.t('failed.title'))
  }
  return null
}
