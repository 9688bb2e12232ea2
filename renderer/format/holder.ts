/** Holder: who keeps a time for somebody, as the key of its words: `held.by`, `held.unnamed`, `held.website`. */

/** A clerk by name, one the desk has no name for, or somebody on the website. */
export function holderOf(by: string | null): 'held.by' | 'held.unnamed' | 'held.website' {
  return by === null ? 'held.website' : by === '' ? 'held.unnamed' : 'held.by'
}
