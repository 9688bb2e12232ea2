/**
 * The deviations, by vector and step. Each follows Part B §4 of the design of operations: the desk does what the
 * documentation of the original promises where its code does not, or forbids what both leave open.
 */
import type { Deviation } from './operations-deviation.ts'

const STORED_START = 'dt_start given to create is stored; the original drops it'
const REVERT_DATE =
  'the ways back of followers are planned for the date asked for; the original plans them for now'
const PUSHED =
  'a late execution pushes planned followers to the same moment, so no stay ends before it begins'
const TAKEN = 'an avatar is taken by one operation only; the original plans two on it'
const NEVER_MADE = 'the operation was refused before and is not there'
const CORRECTED =
  'execution corrects the dates and reasons of a set and its pieces like those of any other'
const DATE_ORDER = 'a date before the piece has arrived is refused'
const DIAMOND = 'each follower is reverted once however many paths lead to it; the original fails'

const ON = (day: number) => `2018-01-0${day}T00:00:00Z`
const INPUTS_ERROR = { class: 'OperationInputsError', is_operation_error: true }

/** A second plan on one avatar, and steps of that plan, which then cannot be played. */
function refused(vector: string, step: number): Deviation {
  return { vector, step, reason: TAKEN, error: INPUTS_ERROR, unchanged: true }
}
function neverMade(vector: string, step: number): Deviation {
  return { vector, step, reason: NEVER_MADE, impossible: true, unchanged: true }
}

const counts = (...days: number[]) =>
  Object.fromEntries(days.map((count, index) => [`2018-01-0${index + 1}`, count]))

/** Followers' ways back at the date asked for: op4 takes `from` and leaves `to`, planned for the 4th. */
const onTheFourth = (from: string, to: string) => ({
  op4: { dt_execution: ON(4) },
  [from]: { dt_until: ON(4) },
  [to]: { dt_from: ON(4) },
})

/** What the revert of a diamond plans for the 5th. */
function wayBack(
  id: string,
  kind: string,
  inputs: readonly string[],
  outcomes: readonly string[],
  follows: readonly string[],
  followers: readonly string[],
) {
  const when = { state: 'planned', dt_execution: ON(5), dt_start: null }
  return { id, type: `wms_${kind}`, ...when, inputs, outcomes, follows, followers }
}
function taken(operation: string, avatar: string, before: string) {
  return { operation, avatar, latest_previous_op: before, orig_dt_until: null }
}
function stay(id: string, goods: string, location: string, reason: string, until: string | null) {
  return { id, goods, state: 'future', location, dt_from: ON(5), dt_until: until, reason }
}

export const deviations: readonly Deviation[] = [
  { vector: '018', step: 1, reason: STORED_START, set: { op1: { dt_start: ON(2) } } },
  { vector: '018', step: 2, reason: STORED_START, set: { op1: { dt_start: ON(2) } } },

  refused('028', 3),
  neverMade('028', 4),
  {
    vector: '028',
    step: 'end',
    reason: TAKEN,
    quantities: { 'incoming CHAIR': { at: counts(1, 0, 0, 0, 0, 0, 0, 0, 0) } },
  },

  refused('032', 3),
  neverMade('032', 4),

  refused('033', 3),
  {
    vector: '033',
    step: 4,
    reason: TAKEN,
    gone: ['op3', 'av3'],
  },
  neverMade('033', 5),
  {
    vector: '033',
    step: 'end',
    reason: TAKEN,
    quantities: { 'incoming CHAIR': { at: counts(1, 1, 1, 1, 1, 1, 1, 1, 1), infinity: 1 } },
  },

  refused('034', 3),
  { vector: '034', step: 4, reason: TAKEN, gone: ['op3', 'av3'] },
  neverMade('034', 5),
  neverMade('034', 6),

  refused('035', 3),
  neverMade('035', 4),

  { vector: '043', step: 4, reason: REVERT_DATE, set: onTheFourth('av3', 'av4') },
  {
    vector: '043',
    step: 5,
    reason: PUSHED,
    set: { op5: { dt_execution: ON(5) }, av4: { dt_until: ON(5) }, av5: { dt_from: ON(5) } },
  },

  { vector: '044', step: 4, reason: REVERT_DATE, set: onTheFourth('av3', 'av4') },
  { vector: '044', step: 5, reason: REVERT_DATE, set: onTheFourth('av3', 'av4') },

  {
    vector: '044',
    step: 'end',
    reason: REVERT_DATE,
    quantities: { 'workshop CHAIR': { at: counts(0, 0, 1, 0, 0, 0, 0, 0, 0) } },
  },

  { vector: '049', step: 5, reason: REVERT_DATE, set: onTheFourth('av3', 'av4') },
  {
    vector: '049',
    step: 'end',
    reason: REVERT_DATE,
    quantities: { 'incoming CHAIR': { at: counts(1, 0, 1, 1, 1, 1, 1, 1, 1) } },
  },

  { vector: '054', step: 2, reason: DATE_ORDER, error: INPUTS_ERROR, unchanged: true },
  {
    vector: '054',
    step: 'end',
    reason: DATE_ORDER,
    quantities: {
      'incoming CHAIR': { present: 1, at: counts(0, 0, 0, 1, 1, 1, 1, 1, 1), infinity: 1 },
      'hall CHAIR': null,
    },
  },

  refused('055', 3),
  neverMade('055', 4),

  {
    vector: '071',
    step: 3,
    reason: CORRECTED,
    set: {
      av1: { dt_until: ON(4) },
      av2: { dt_from: ON(4) },
      av3: { dt_from: ON(4) },
      av4: { dt_from: ON(4) },
    },
  },
  {
    vector: '071',
    step: 'end',
    reason: CORRECTED,
    quantities: {
      'stock BOTTLE': { at: counts(0, 0, 0, 3, 3, 3, 3, 3, 3) },
      'stock PACK': { at: counts(1, 1, 1, 0, 0, 0, 0, 0, 0) },
    },
  },

  { vector: '081', step: 4, reason: REVERT_DATE, set: onTheFourth('av4', 'av5') },
  {
    vector: '081',
    step: 5,
    reason: PUSHED,
    set: {
      op5: { dt_execution: ON(5) },
      av3: { dt_until: ON(5) },
      av5: { dt_until: ON(5) },
      av6: { dt_from: ON(5) },
    },
  },
  {
    vector: '081',
    step: 6,
    reason: CORRECTED,
    set: {
      av3: { dt_until: ON(6), reason: 'op5' },
      av5: { dt_until: ON(6), reason: 'op5' },
      av6: { dt_from: ON(6) },
    },
  },
  {
    vector: '081',
    step: 'end',
    reason: CORRECTED,
    quantities: {
      'stock BOTTLE': { at: counts(0, 2, 1, 1, 2, 0, 0, 0, 0) },
      'stock PACK': { at: counts(1, 0, 0, 0, 0, 1, 1, 1, 1) },
    },
  },

  {
    vector: '087',
    step: 6,
    reason: DIAMOND,
    error: null,
    returns: { reversal: 'op9', start_with: ['op6'] },
    set: { op5: { followers: ['op6'] }, av6: { dt_until: ON(5) } },
    added: {
      operations: [
        wayBack('op6', 'unpack', ['av6'], ['av7', 'av8'], ['op5'], ['op7', 'op8']),
        { ...wayBack('op7', 'move', ['av7'], ['av9'], ['op6'], ['op9']), destination: 'stock' },
        { ...wayBack('op8', 'move', ['av8'], ['av10'], ['op6'], ['op9']), destination: 'stock' },
        wayBack('op9', 'assembly', ['av9', 'av10'], ['av11'], ['op7', 'op8'], []),
      ],
      history_inputs: [
        taken('op6', 'av6', 'op5'),
        taken('op7', 'av7', 'op6'),
        taken('op8', 'av8', 'op6'),
        taken('op9', 'av9', 'op7'),
        taken('op9', 'av10', 'op8'),
      ],
      avatars: [
        stay('av7', 'g5', 'other', 'op6', ON(5)),
        stay('av8', 'g6', 'other', 'op6', ON(5)),
        stay('av9', 'g5', 'stock', 'op7', ON(5)),
        stay('av10', 'g6', 'stock', 'op8', ON(5)),
        stay('av11', 'g7', 'stock', 'op9', null),
      ],
      goods: [
        { id: 'g5', type: 'BOTTLE', code: null, properties: null },
        { id: 'g6', type: 'BOTTLE', code: null, properties: null },
        { id: 'g7', type: 'PACK', code: null, properties: null },
      ],
    },
  },
  {
    vector: '087',
    step: 'end',
    reason: DIAMOND,
    quantities: {
      'other PACK': { at: counts(0, 0, 0, 1, 0, 0, 0, 0, 0), infinity: 0 },
      'stock PACK': { at: counts(1, 0, 0, 0, 1, 1, 1, 1, 1), infinity: 1 },
    },
  },

  {
    vector: '091',
    step: 4,
    reason: CORRECTED,
    set: {
      av1: { dt_until: ON(4), reason: 'op3' },
      av2: { dt_until: ON(4), reason: 'op3' },
      av3: { dt_from: ON(4) },
    },
  },
  {
    vector: '091',
    step: 'end',
    reason: CORRECTED,
    quantities: {
      'stock LEG': { at: counts(2, 2, 2, 0, 0, 0, 0, 0, 0) },
      'stock TABLE': { at: counts(0, 0, 0, 1, 1, 1, 1, 1, 1) },
    },
  },

  {
    vector: '105',
    step: 4,
    reason: PUSHED,
    set: { op3: { dt_execution: ON(7) }, av2: { dt_until: ON(7) }, av3: { dt_from: ON(7) } },
  },
]
