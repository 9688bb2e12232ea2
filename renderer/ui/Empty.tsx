/** Empty: an empty place carries one sentence and at most one button. */
import type { ReactNode } from 'react'
import classes from './Empty.module.css'

export function Empty({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.empty}>
      <p>{children}</p>
      {action}
    </div>
  )
}
