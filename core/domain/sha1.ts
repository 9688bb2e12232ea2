/**
 * SHA-1 (FIPS 180-4), for derived uuids only: the screen uses this folder too, where no crypto module of Node
 * exists and the one of the browser is asynchronous. Nothing may rely on it to keep a secret.
 */

const rotate = (word: number, bits: number) => (word << bits) | (word >>> (32 - bits))

function padded(message: Uint8Array): DataView {
  const length = (((message.length + 8) >> 6) + 1) << 6
  const bytes = new Uint8Array(length)
  bytes.set(message)
  bytes[message.length] = 0x80
  const view = new DataView(bytes.buffer)
  view.setUint32(length - 8, Math.floor(message.length / 0x2000_0000))
  view.setUint32(length - 4, message.length << 3)
  return view
}

function mix(round: number, b: number, c: number, d: number): number {
  if (round < 20) return ((b & c) | (~b & d)) + 0x5a827999
  if (round < 40) return (b ^ c ^ d) + 0x6ed9eba1
  if (round < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
  return (b ^ c ^ d) + 0xca62c1d6
}

/** The 20 bytes of the digest. */
export function sha1(message: Uint8Array): Uint8Array {
  const view = padded(message)
  const state = new Int32Array([0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0])
  const words = new Int32Array(80)
  for (let block = 0; block < view.byteLength; block += 64) {
    for (let index = 0; index < 80; index++) {
      words[index] =
        index < 16
          ? view.getInt32(block + index * 4)
          : rotate(
              (words[index - 3] ?? 0) ^
                (words[index - 8] ?? 0) ^
                (words[index - 14] ?? 0) ^
                (words[index - 16] ?? 0),
              1,
            )
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0] = state
    for (let round = 0; round < 80; round++) {
      const next = (rotate(a, 5) + mix(round, b, c, d) + e + (words[round] ?? 0)) | 0
      e = d
      d = c
      c = rotate(b, 30)
      b = a
      a = next
    }
    const sums = [a, b, c, d, e]
    for (let index = 0; index < 5; index++) state[index] = (state[index] ?? 0) + (sums[index] ?? 0)
  }
  const digest = new Uint8Array(20)
  const out = new DataView(digest.buffer)
  for (let index = 0; index < 5; index++) out.setInt32(index * 4, state[index] ?? 0)
  return digest
}
