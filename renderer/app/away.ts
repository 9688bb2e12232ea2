/** Away: whether anybody has touched the desk since its window was last in front. Only then may a screen come by itself. */
let touched = false

export function isAway(): boolean {
  return !touched
}

/** Returns the way to stop. */
export function watchAway(): () => void {
  const onTouch = () => {
    touched = true
  }
  const onLeave = () => {
    touched = false
  }
  const heard = [
    [window, 'keydown', onTouch],
    [window, 'pointerdown', onTouch],
    [window, 'blur', onLeave],
  ] as const
  for (const [target, name, listener] of heard) target.addEventListener(name, listener, true)
  return () => {
    for (const [target, name, listener] of heard) target.removeEventListener(name, listener, true)
  }
}
