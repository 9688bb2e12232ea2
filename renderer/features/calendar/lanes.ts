/**
 * Lanes: things that overlap in time are drawn beside each other.
 *
 * Promises: no two things of one lane overlap; as few lanes as at the busiest instant; the first lane is filled
 * first, so that a hall without overlaps has one lane. O(n log n).
 */
import type { Span } from '../../../core/domain/time.ts'

/** The lane of each span, 0 at the top, in the order given; `spans` must be sorted by start. */
export function lanesOf(
  spans: readonly Span[],
): Readonly<{ lanes: readonly number[]; count: number }> {
  const free = new MinHeap((one: number, other: number) => one - other)
  const busy = new MinHeap((one: Ending, other: Ending) => one.end - other.end)
  let count = 0
  const lanes = spans.map((span) => {
    for (let next = busy.first(); next && next.end <= span.start; next = busy.first()) {
      busy.take()
      free.add(next.lane)
    }
    const lane = free.take() ?? count++
    busy.add({ end: span.end, lane })
    return lane
  })
  return { lanes, count }
}

type Ending = Readonly<{ end: number; lane: number }>

class MinHeap<T> {
  readonly #items: T[] = []
  readonly #compare: (one: T, other: T) => number

  constructor(compare: (one: T, other: T) => number) {
    this.#compare = compare
  }

  first(): T | undefined {
    return this.#items[0]
  }

  add(item: T): void {
    const items = this.#items
    items.push(item)
    for (let at = items.length - 1; at > 0; ) {
      const above = (at - 1) >> 1
      if (this.#compare(items[at] as T, items[above] as T) >= 0) break
      this.#swap(at, above)
      at = above
    }
  }

  take(): T | undefined {
    const items = this.#items
    const top = items[0]
    const last = items.pop()
    if (items.length === 0 || last === undefined) return top
    items[0] = last
    for (let at = 0; ; ) {
      const left = 2 * at + 1
      const right = left + 1
      let least = at
      if (left < items.length && this.#compare(items[left] as T, items[least] as T) < 0)
        least = left
      if (right < items.length && this.#compare(items[right] as T, items[least] as T) < 0) {
        least = right
      }
      if (least === at) return top
      this.#swap(at, least)
      at = least
    }
  }

  #swap(one: number, other: number): void {
    const kept = this.#items[one] as T
    this.#items[one] = this.#items[other] as T
    this.#items[other] = kept
  }
}
