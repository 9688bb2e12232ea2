/** useSlow: true once something has lasted for longer than a clerk takes for at once. */
import { useEffect, useState } from 'react'

/** What is done sooner was never under way for a clerk. */
const AT_ONCE_MS = 300

export function useSlow(lasts: boolean): boolean {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    if (!lasts) return setSlow(false)
    const timer = setTimeout(() => setSlow(true), AT_ONCE_MS)
    return () => clearTimeout(timer)
  }, [lasts])
  return lasts && slow
}
