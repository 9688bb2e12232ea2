/** Keys: a shortcut as drawn beside its action. Hidden from screen readers, which get `aria-keyshortcuts`. */
import classes from './Keys.module.css'

export function Keys({ keys, plain = false }: { keys: string; plain?: boolean }) {
  return (
    <span className={classes.keys} data-plain={plain || undefined} aria-hidden="true">
      {keys.split(' ').map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  )
}
