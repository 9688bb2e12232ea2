/** useStatus: where the desk stands (opening, first start, ready ...); undefined until the core has told. */
import { useSyncExternalStore } from 'react'
import type { Status } from '../../core/contract.ts'
import { follow } from './remote.ts'

/** The zone to draw in before the core has told its own; no time is shown that early. */
const UNKNOWN_ZONE = 'Europe/Zurich'

export const status = follow('status', (event) =>
  event.type === 'status' ? event.status : undefined,
)

export function useStatus(): Status | undefined {
  return useSyncExternalStore(status.subscribe, status.get)
}

/** Where the shared server cannot be reached: since when, and how old what is shown is. */
export function useCutOff(): Pick<Status, 'asOf'> | null {
  const now = useStatus()
  return now?.mode === 'cut-off' ? now : null
}

/** The municipality's time zone. */
export function useZone(): string {
  return useStatus()?.zone || UNKNOWN_ZONE
}
