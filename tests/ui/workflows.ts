/**
 * Workflows: what a clerk does while a citizen is on the phone, counted key by key and held against the best other
 * program for each (`docs/workflows.md` tells where its numbers come from).
 *
 * Every key counts, those that are held down with others too. By the same model as the others' a key takes 0.2 s, a
 * thought 1.35 s and the answer half a second.
 */
import { expect, type Page } from '@playwright/test'

type Effort = Readonly<{ clicks: number; keys: number; seconds: number }>

/** The best other program, from the sources of its forms. */
const ANCHORS = {
  1: { clicks: 27, keys: 28, seconds: 68 },
  3: { clicks: 4, keys: 0, seconds: 13 },
  6: { clicks: 24, keys: 60, seconds: 78 },
  7: { clicks: 26, keys: 90, seconds: 88 },
  8: { clicks: 48, keys: 60, seconds: 136 },
  9: { clicks: 5, keys: 0, seconds: 14 },
  11: { clicks: 65, keys: 70, seconds: 201 },
  12: { clicks: 9, keys: 60, seconds: 45 },
} as const satisfies Readonly<Record<number, Effort>>

const KEY_S = 0.2
const THOUGHT_S = 1.35
const ANSWER_S = 0.5

function keysIn(press: string): number {
  return press === '+' ? 1 : press.split('+').length
}

/** A keyboard that counts. */
export function countingKeyboard({ keyboard }: Page) {
  let keys = 0
  return {
    async press(...presses: readonly string[]): Promise<void> {
      for (const press of presses) {
        await keyboard.press(press)
        keys += keysIn(press)
      }
    },
    async type(text: string): Promise<void> {
      await keyboard.type(text)
      keys += text.length
    },
    keys: () => keys,
  }
}

/**
 * Prints the effort beside the anchor's, and fails where one of the columns is not under it. Where the anchor is a drag
 * with the mouse and no key, ours are keys and no click: then clicks and seconds decide.
 */
export function hold(workflow: keyof typeof ANCHORS, keys: number, thoughts: number): void {
  const anchor: Effort = ANCHORS[workflow]
  const ours: Effort = {
    clicks: 0,
    keys,
    seconds: Math.round(keys * KEY_S + thoughts * THOUGHT_S + ANSWER_S),
  }
  const row = ({ clicks, keys: pressed, seconds }: Effort) =>
    `${clicks} clicks, ${pressed} keys, ${seconds} s`
  process.stdout.write(`workflow ${workflow}: ${row(ours)} (best anchor: ${row(anchor)})\n`)
  expect(ours.clicks).toBeLessThan(anchor.clicks)
  expect(ours.seconds).toBeLessThan(anchor.seconds)
  if (anchor.keys > 0) expect(ours.keys).toBeLessThan(anchor.keys)
}
