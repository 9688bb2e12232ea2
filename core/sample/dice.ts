/** Dice: random choices that are the same for the same seed, on every machine. */

export interface Dice {
  /** From 0 up to, not including, 1. */
  roll(): number
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number
  pick<T>(choices: readonly T[]): T
  bytes(length: number): Uint8Array
}

/** Mulberry32, a generator of 32 bits of state: small, fast and good enough for believable sample data. */
export function dice(seed: number): Dice {
  let state = seed >>> 0
  const roll = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    roll,
    between: (least, most) => least + Math.floor(roll() * (most - least + 1)),
    pick: (choices) => choices[Math.floor(roll() * choices.length)] as never,
    bytes: (length) => Uint8Array.from({ length }, () => Math.floor(roll() * 256)),
  }
}
