/** usePublished: where each target stands on this computer, as the core tells it. */
import { useSyncExternalStore } from 'react'
import type { PublishStatus } from '../../../core/contract.ts'
import { follow } from '../../desk/remote.ts'

export const published = follow('publishStatus', (event) =>
  event.type === 'published' ? event.status : undefined,
)

const none: readonly PublishStatus[] = []

export function usePublished(): readonly PublishStatus[] {
  return useSyncExternalStore(published.subscribe, published.get) ?? none
}
