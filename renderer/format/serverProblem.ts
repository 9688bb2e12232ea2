/** Server problem texts: what is wrong with a server, and what to do about it, in one or two sentences. Pure. */
import type { TFunction } from 'i18next'
import type { ServerProblem } from '../../core/contract.ts'

export function serverProblemText(
  t: TFunction<'database'>,
  { code, detail }: ServerProblem,
): string {
  return t(`problem.${code}`, { detail })
}
