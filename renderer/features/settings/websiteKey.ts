/** Website key: the lasting name of a hall that a website has made: its name there, where it is known, or its uuid. Pure. */
import { keyOfId } from '../../../core/domain/resource.ts'
import { resourceUuid } from '../../../core/domain/uuid.ts'

/** A hall that has no name yet, and the context that its id is made with. */
export type Given = Readonly<{ id: string; context: string }>

export function isItsName({ id, context }: Given, name: string): boolean {
  return resourceUuid(context, name) === id
}

/** Null: what is said to be its name there is that of another hall, or of none. Nothing said: its new name may be it. */
export function websiteKey(given: Given, said: string, name: string): string | null {
  const named = said.trim()
  if (named !== '') return isItsName(given, named) ? named : null
  return isItsName(given, name.trim()) ? name.trim() : keyOfId(given.id)
}
