/** Shares of a row as the inline style that places a bar; the only styles the layout sets. */
import type { Share } from './weekLayout.ts'

export function percent({ from, to }: Share): Readonly<{ left: string; width: string }> {
  return { left: `${(from * 100).toFixed(3)}%`, width: `${((to - from) * 100).toFixed(3)}%` }
}
