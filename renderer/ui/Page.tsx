/** Page: the frame of a screen that is not the calendar: title, one sentence, a scrolling body. */
import type { ReactNode } from 'react'
import classes from './Page.module.css'

type Props = Readonly<{
  title: string
  lead?: string
  aside?: ReactNode
  /** For lists with many columns, which would be cut in the width that suits reading. */
  wide?: boolean
  children: ReactNode
}>

export function Page({ title, lead, aside, wide, children }: Props) {
  return (
    // Scrolls, so it can be reached with the keyboard even where nothing in it can.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs a stop of its own
    <section className={classes.page} tabIndex={0} aria-label={title}>
      <div className={classes.inner} data-wide={wide || undefined}>
        <header className={classes.head}>
          <div>
            <h1>{title}</h1>
            {lead && <p>{lead}</p>}
          </div>
          {aside}
        </header>
        {children}
      </div>
    </section>
  )
}
