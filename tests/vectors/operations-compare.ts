/** Compare: the first place where two values differ, as a sentence a person can act on. */
import type { State } from './operations-format.ts'

const shown = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value))

/** Undefined where they are equal. Keys that are undefined are as good as missing. */
export function difference(
  expected: unknown,
  found: unknown,
  at: readonly string[] = [],
): string | undefined {
  const nested = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
  if (nested(expected) && nested(found)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(found)])) {
      const inner = difference(expected[key], found[key], [...at, key])
      if (inner) return inner
    }
    return undefined
  }
  if (JSON.stringify(expected) === JSON.stringify(found)) return undefined
  return `${at.join(' . ')}: expected ${shown(expected)}, found ${shown(found)}`
}

/**
 * The reason of a past avatar that a Move created done has taken depends, in the original, on whether the Move
 * was planned before; here it is always the Move. The recording's README tells comparers to leave it out.
 */
export function withoutPathDependentReasons(state: State, createdDone: ReadonlySet<string>): State {
  const taken = new Set(
    state.history_inputs.filter((one) => createdDone.has(one.operation)).map((one) => one.avatar),
  )
  return {
    ...state,
    avatars: state.avatars.map((one) =>
      one.state === 'past' && taken.has(one.id) ? { ...one, reason: 'whichever' } : one,
    ),
  }
}
