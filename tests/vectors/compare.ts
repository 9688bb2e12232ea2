/**
 * Compare: the first place where two results differ, as a path and the two values. Numbers may differ by rounding
 * (1e-9); nothing else may.
 */

export type Difference = Readonly<{ path: string; expected: unknown; actual: unknown }>

const TOLERANCE = 1e-9

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Undefined where they are alike. */
export function difference(
  expected: unknown,
  actual: unknown,
  path = 'result',
): Difference | undefined {
  const here = { path, expected, actual }
  if (typeof expected === 'number' && typeof actual === 'number') {
    return Math.abs(expected - actual) <= TOLERANCE ? undefined : here
  }
  if (Array.isArray(expected) && Array.isArray(actual)) {
    const shared = Math.min(expected.length, actual.length)
    for (let index = 0; index < shared; index++) {
      const found = difference(expected[index], actual[index], `${path}[${index}]`)
      if (found) return found
    }
    return expected.length === actual.length ? undefined : here
  }
  if (isRecord(expected) && isRecord(actual)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
      const found = difference(expected[key], actual[key], `${path}.${key}`)
      if (found) return found
    }
    return undefined
  }
  return Object.is(expected, actual) ? undefined : here
}

const LONGEST_SHOWN = 600

function shown(value: unknown): string {
  const text = value === undefined ? '(missing)' : JSON.stringify(value)
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)} …` : text
}

export function describe({ path, expected, actual }: Difference): string {
  return `    at ${path}\n      expected ${shown(expected)}\n      actual   ${shown(actual)}`
}
