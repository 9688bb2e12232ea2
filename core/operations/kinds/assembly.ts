/**
 * Assembly: pieces at one place become a set. Which pieces is said by the behaviour `assembly` of the set's type,
 * under the name of one of its ways to be put together; the operation's own `parameters` may say more.
 *
 * Specification: `inputs` (lines of `type`, `quantity` and, to mean one piece, `id` or `code`), matched in order,
 * each by the first piece that fits; `allow_extra_inputs`; `for_contents` (which inputs the set lists as its
 * contents, `extra` or `all`, and how, as `records` or `descriptions`; null: none); `inputs_spec_type` (whether a
 * state matches the inputs again or only checks).
 */
import type { Avatar, JsonObject, Operation } from '../../store/operations-model.ts'
import { behaviourOf, isObject, isOfType } from '../behaviour.ts'
import { comingBack } from '../coming-back.ts'
import { CONTENTS, contentsOf } from '../contents.ts'
import {
  AssemblyExtraInputs,
  AssemblyInputNotMatched,
  OperationError,
  OperationInputsError,
} from '../errors.ts'
import type { Kind } from '../kind.ts'
import type { Ledger } from '../ledger.ts'
import { endInputs, leave, settle } from '../outcomes.ts'

const DEFAULT_NAME = 'default'

type InputLine = Readonly<{ type: string; quantity: number; id?: string; code?: string }>

interface Specification {
  readonly inputs: readonly InputLine[]
  readonly extraAllowed: boolean
  readonly contents: Readonly<{ all: boolean; records: boolean }> | null
  /** The states in which the inputs are matched (again). */
  readonly matching: ReadonlySet<string>
}

/** The lines of the type, each with what the operation says of the same line. */
function inputLines(spec: JsonObject, parameters: JsonObject | null): readonly InputLine[] {
  const lines = (spec.inputs ?? []) as readonly InputLine[]
  const special = parameters?.inputs
  if (!Array.isArray(special)) return lines
  return lines.slice(0, special.length).map((line, index) => ({ ...line, ...special[index] }))
}

function specification(
  ledger: Ledger,
  itemType: string | null | undefined,
  name: string,
  parameters: JsonObject | null,
): Specification {
  const type = itemType ? ledger.findType(itemType) : undefined
  const ways = type && behaviourOf(ledger, type, 'assembly')
  if (!ways) throw new OperationError('assembly', `type ${type?.code} cannot be assembled`)
  const spec = ways[name]
  if (!isObject(spec)) throw new OperationError('assembly', `${type?.code} has no way ${name}`)
  const whole = { ...spec, ...parameters }
  const listing = whole.for_contents === undefined ? ['extra', 'records'] : whole.for_contents
  const modes = isObject(whole.inputs_spec_type) ? whole.inputs_spec_type : {}
  const matching = Object.entries({ planned: 'match', ...modes }).filter(
    ([, how]) => how === 'match',
  )
  return {
    inputs: inputLines(spec, parameters),
    extraAllowed: whole.allow_extra_inputs === true,
    contents: Array.isArray(listing)
      ? { all: listing[0] === 'all', records: listing[1] === 'records' }
      : null,
    matching: new Set(matching.map(([state]) => state)),
  }
}

function specificationOf(ledger: Ledger, operation: Operation): Specification {
  const { itemType, name, parameters } = operation
  return specification(ledger, itemType, name ?? DEFAULT_NAME, parameters)
}

function fits(ledger: Ledger, avatar: Avatar, line: InputLine): boolean {
  const item = ledger.itemOf(avatar)
  const type = ledger.typeByCode(line.type)
  if (!type) throw new Error(`no item type ${line.type}`)
  if (line.id !== undefined && line.id !== item.id) return false
  if (line.code !== undefined && line.code !== item.code) return false
  return isOfType(ledger, item, type)
}

/** Finds for each line its pieces and notes them in the operation; returns what is left over. */
function match(ledger: Ledger, operation: Operation, spec: Specification): readonly Avatar[] {
  const inputs = ledger.inputsOf(operation)
  const left = new Set(inputs)
  const found = spec.inputs.map((line, index) =>
    Array.from({ length: line.quantity }, () => {
      const piece = [...left].find((candidate) => fits(ledger, candidate, line))
      if (!piece) throw new AssemblyInputNotMatched(operation, index + 1, line, inputs)
      left.delete(piece)
      return piece.id
    }),
  )
  const extra = [...left]
  if (extra.length > 0 && !spec.extraAllowed) {
    throw new AssemblyExtraInputs(operation, extra, inputs)
  }
  ledger.changeOperation(operation, { match: found })
  return extra
}

/** What the set is to list as its contents, if anything. */
function contents(
  ledger: Ledger,
  operation: Operation,
  spec: Specification,
  extra: readonly Avatar[],
): JsonObject | null {
  if (!spec.contents) return null
  const listed = spec.contents.all ? ledger.inputsOf(operation) : extra
  if (listed.length === 0) return null
  return { [CONTENTS]: contentsOf(ledger, listed, spec.contents.records) }
}

export const assembly: Kind = {
  name: 'assembly',
  inputs: 'some',
  checkCreateConditions(ledger, { inputs, itemType, name, parameters }) {
    specification(ledger, itemType, name ?? DEFAULT_NAME, parameters ?? null)
    const places = new Set(inputs.map((input) => input.place))
    if (places.size > 1) {
      throw new OperationInputsError('assembly', `its pieces are in ${places.size} places`, inputs)
    }
  },
  beforeInsert: (_, proposal) => ({ ...proposal, name: proposal.name ?? DEFAULT_NAME }),
  afterInsert(ledger, operation, { inputs }) {
    const [first] = inputs
    if (!first) throw new Error(`assembly ${operation.id} has no input`)
    const spec = specificationOf(ledger, operation)
    const extra = match(ledger, operation, spec)
    const { place } = first
    endInputs(ledger, operation)
    const set = ledger.makeItem({
      id: ledger.ids.next(),
      type: operation.itemType as string,
      code: null,
      properties: contents(ledger, operation, spec, extra),
    })
    leave(ledger, operation, { item: set.id, place, dtUntil: null })
  },
  executePlanned(ledger, operation) {
    const spec = specificationOf(ledger, operation)
    const again =
      spec.matching.has('done') || (operation.state === 'planned' && spec.matching.has('started'))
    // Unless they are matched again, the set then lists every piece it was really made of.
    const extra = again ? match(ledger, operation, spec) : ledger.inputsOf(operation)
    const [outcome] = ledger.outcomesOf(operation)
    const found = contents(ledger, operation, spec, extra)
    if (outcome && found) {
      const set = ledger.itemOf(outcome)
      ledger.changeItem(set, { properties: { ...set.properties, ...found } })
    }
    settle(ledger, operation)
  },
  isReversible(ledger, operation) {
    const type = ledger.type(operation.itemType as string)
    return behaviourOf(ledger, type, 'unpack') !== undefined
  },
  planRevertSingle(ledger, operation, follows) {
    return { kind: 'unpack', inputs: comingBack(ledger, operation, follows) }
  },
}
