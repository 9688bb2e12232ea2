/**
 * Uuids: random and time-ordered ones for new things (version 7), derived ones for resources and mirrors
 * (version 5, RFC 9562 §5.5), the same that libres derives, so that two programs name one row alike.
 */
import { sha1 } from './sha1.ts'
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

function bytesOf(uuid: Uuid): Uint8Array {
  const digits = uuid.replaceAll('-', '')
  return Uint8Array.from({ length: 16 }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  )
}

/** A version 5 uuid: the SHA-1 of the namespace's bytes and the name in UTF-8. */
export function uuid5(namespace: Uuid, name: string): Uuid {
  const text = new TextEncoder().encode(name)
  const message = new Uint8Array(16 + text.length)
  message.set(bytesOf(namespace))
  message.set(text, 16)
  const bytes = sha1(message).slice(0, 16)
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x50
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
  return format(bytes)
}

/** The namespace that libres uses unless told otherwise. */
export const LIBRES_NAMESPACE: Uuid = '49326ef9-fbc0-4ac0-9508-b0bbd75d42f7'

/** The uuid of a resource: two names joined by a slash, so context `c`, name `a/b` is context `c/a`, name `b`. */
export function resourceUuid(
  context: string,
  name: string,
  namespace: Uuid = LIBRES_NAMESPACE,
): Uuid {
  return uuid5(namespace, `${context}/${name}`)
}

/** The uuids of places 2, 3 … `quota` of a resource, in this order. */
export function mirrorUuids(resource: Uuid, quota: number): Uuid[] {
  return Array.from({ length: Math.max(0, quota - 1) }, (_, index) =>
    uuid5(resource, String(index + 1)),
  )
}

/** Lower case with dashes, whatever spelling came in: two spellings of one uuid are one uuid. */
export function plainUuid(uuid: string): Uuid {
  const digits = uuid
    .replace(/^urn:uuid:/i, '')
    .replaceAll(/[{}-]/g, '')
    .toLowerCase()
  if (!/^[0-9a-f]{32}$/.test(digits)) return uuid
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
