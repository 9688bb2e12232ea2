/** Page: the frame of a screen that is not the calendar: title, one sentence, a scrolling body. */
import type { ReactNode } from 'react'
import classes from './Page.module.css'

type Props = Readonly<{ title: string; lead?: string; aside?: ReactNode; children: ReactNode }>

export function Page({ title, lead, aside, children }: Props) {
  return (
    <div className={classes.page}>
      <div className={classes.inner}>
        <header className={classes.head}>
          <div>
            <h1>{title}</h1>
            {lead && <p>{lead}</p>}
          </div>
          {aside}
        </header>
        {children}
      </div>
    </div>
  )
}
