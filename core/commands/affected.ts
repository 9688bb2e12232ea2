/**
 * What becomes of bookings that a larger change (a blocker, fewer places) meets: part of that change's command, so
 * that one undo takes back everything. Each is decided by the very command a clerk would give by hand.
 */
import type * as z from 'zod'
import type { Uuid } from '../domain/time.ts'
import { uuid5 } from '../domain/uuid.ts'
import type { ArgsOf, affectedDecision, affectedStep } from './calls.ts'
import { type AnyCall, accepted, type Context, type Outcome } from './command.ts'
import { requestDecide } from './request-decide.ts'
import { reservationCancel } from './reservation-cancel.ts'
import { reservationMove } from './reservation-move.ts'
import { reservationRestore } from './reservation-restore.ts'

export type Decision = z.infer<typeof affectedDecision>
/** A command that was carried out as part of a larger one. */
export type Step = z.infer<typeof affectedStep>

const definitions = {
  'reservation.cancel': reservationCancel,
  'reservation.restore': reservationRestore,
  'reservation.move': reservationMove,
  'request.decide': requestDecide,
} as const

function isStep(name: string): name is keyof typeof definitions {
  return Object.hasOwn(definitions, name)
}

/** The call a clerk would give; undefined where the booking stays as it is. */
function callOf(decision: Decision, reason: string): AnyCall | undefined {
  const { token } = decision
  switch (decision.do) {
    case 'keep':
      return undefined
    case 'cancel':
      return { name: 'reservation.cancel', args: { token, reason } }
    case 'move':
      return {
        name: 'reservation.move',
        args: { token, from: decision.from, to: decision.to } satisfies ArgsOf<'reservation.move'>,
      }
    case 'waiting': {
      const one = { token, as: 'waiting' as const, since: null, reason: '', ifLost: false }
      return { name: 'request.decide', args: { decisions: [one] } }
    }
  }
}

/** Runs one call inside the larger command, with ids of its own. */
async function run(context: Context, { name, args }: AnyCall, nth: number): Promise<Outcome<Step>> {
  if (!isStep(name)) throw new Error(`${name} is no part of a larger command`)
  const definition = definitions[name] as {
    args: z.ZodType
    handle(context: Context, args: unknown): Promise<Outcome<unknown>>
  }
  const { recorded: _, ...rest } = context
  const own = { ...rest, commandId: uuid5(context.commandId, `part ${nth}`) }
  const outcome = await definition.handle(own, definition.args.parse(args))
  return outcome.status === 'refused'
    ? outcome
    : accepted({ name, args, result: outcome.result as Step['result'] })
}

/** In the order given; the first refusal refuses everything. */
export async function carryOutAffected(
  context: Context,
  decisions: readonly Decision[],
  reason: string,
): Promise<Outcome<Step[]>> {
  const steps: Step[] = []
  for (const decision of decisions) {
    const call = callOf(decision, reason)
    if (!call) continue
    const done = await run(context, call, steps.length)
    if (done.status === 'refused') return done
    steps.push(done.result)
  }
  return accepted(steps)
}

/** The opposite of each step, the last first; steps that have none are left. */
export async function takeBackAffected(
  context: Context,
  steps: readonly Step[],
): Promise<Outcome<null>> {
  for (const [index, step] of [...steps].reverse().entries()) {
    if (!isStep(step.name)) continue
    const { inverse } = definitions[step.name] as {
      inverse?(args: unknown, result: unknown): AnyCall | undefined
    }
    const opposite = inverse?.(step.args, step.result)
    if (!opposite) continue
    const done = await run(context, opposite, index)
    if (done.status === 'refused') return done
  }
  return accepted(null)
}

/** The bookings that are touched: their history lists the larger command too. */
export function tokensOf(decisions: readonly Decision[]): Uuid[] {
  return [...new Set(decisions.filter((each) => each.do !== 'keep').map((each) => each.token))]
}
