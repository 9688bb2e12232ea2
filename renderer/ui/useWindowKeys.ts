/**
 * useWindowKeys: hears the keys that no field has used, as long as a component is there.
 *
 * Promises that a key meets what is on the screen: a listener that an effect exchanges after drawing would still
 * know the state before it, for as long as the machine is busy, and a key pressed then would be lost.
 */
import { useEffect, useEffectEvent } from 'react'

/** `first`: before whatever has the focus; `active` false: not now. */
export function useWindowKeys(
  hear: (event: KeyboardEvent) => void,
  { first = false, active = true }: Readonly<{ first?: boolean; active?: boolean }> = {},
): void {
  const onKey = useEffectEvent(hear)
  useEffect(() => {
    if (!active) return
    const listener = (event: KeyboardEvent) => onKey(event)
    window.addEventListener('keydown', listener, first)
    return () => window.removeEventListener('keydown', listener, first)
  }, [first, active])
}
