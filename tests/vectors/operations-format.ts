/** The form of a recorded scenario: see the README beside the vectors. */

export interface RecordedOperation {
  readonly id: string
  readonly type: string
  readonly state: string
  readonly dt_execution: string
  readonly dt_start: string | null
  readonly inputs: readonly string[]
  readonly outcomes: readonly string[]
  readonly follows: readonly string[]
  readonly followers: readonly string[]
  readonly destination?: string
}

export interface RecordedInput {
  readonly operation: string
  readonly avatar: string
  readonly latest_previous_op: string
  readonly orig_dt_until: string | null
}

export interface RecordedAvatar {
  readonly id: string
  readonly goods: string
  readonly state: string
  readonly location: string
  readonly dt_from: string
  readonly dt_until: string | null
  readonly reason: string
}

export interface RecordedGoods {
  readonly id: string
  readonly type: string
  readonly code: string | null
  readonly properties: Readonly<Record<string, unknown>> | null
}

/** Everything there is after a step; objects by name on the recorded side, by id on ours. */
export interface State {
  readonly operations: readonly RecordedOperation[]
  readonly history_inputs: readonly RecordedInput[]
  readonly avatars: readonly RecordedAvatar[]
  readonly goods: readonly RecordedGoods[]
}

export const EMPTY: State = { operations: [], history_inputs: [], avatars: [], goods: [] }

export interface RecordedError {
  readonly class: string
  readonly is_operation_error: boolean
}

export type Returned =
  | string
  | number
  | boolean
  | null
  | Readonly<{ reversal: string; start_with: readonly string[] }>

export interface Step {
  readonly do: string
  readonly operation?: string
  readonly state?: 'planned' | 'started' | 'done'
  readonly dt_execution?: string | null
  readonly input?: string
  readonly inputs?: readonly string[]
  readonly fields?: Readonly<Record<string, unknown>>
  readonly op?: string
  readonly question?: string
  readonly location?: string | null
  readonly type?: string
  readonly additional_states?: readonly ('past' | 'future' | 'present')[] | null
  readonly at?: string | null
  readonly recursive?: boolean
  readonly location_tag?: string | null
  readonly error?: RecordedError | null
  readonly returns?: Returned
  readonly after?: State
  readonly [other: string]: unknown
}

export interface QuantityRow {
  readonly location: string
  readonly type: string
  readonly present: number
  readonly at: Readonly<Record<string, number>>
  readonly infinity: number
}

export interface Vector {
  readonly id: string
  readonly title: string
  readonly setup: Readonly<{
    types: readonly Readonly<{
      code: string
      behaviours?: Readonly<Record<string, unknown>>
      properties?: Readonly<Record<string, unknown>>
      parent?: string | null
    }>[]
    locations: readonly Readonly<{ code: string; parent?: string | null; tag?: string | null }>[]
  }>
  readonly steps: readonly Step[]
  readonly final_quantities?: readonly QuantityRow[]
}
