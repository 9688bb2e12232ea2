/**
 * Uuids: random and time-ordered ones for new things (version 7), derived ones for resources and mirrors
 * (version 5, RFC 9562 §5.5), the same that libres derives, so that two programs name one row alike.
 */
import type { Uuid } from './time.ts'

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

function format(bytes: Uint8Array): Uuid {
  let text = ''
  for (let index = 0; index < 16; index++) {
    if (index === 4 || index === 6 || index === 8 || index === 10) text += '-'
    text += HEX[bytes[index] as number]
  }
  return text
}

/** A version 7 uuid: 48 bits of `now` (UTC milliseconds), the rest from `random` (16 bytes). */
export function uuid7(now: number, random: Uint8Array): Uuid {
  const bytes = new Uint8Array(random.slice(0, 16))
  let rest = now
  for (let index = 5; index >= 0; index--) {
    bytes[index] = rest % 256
    rest = Math.floor(rest / 256)
  }
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
  return format(bytes)
}
