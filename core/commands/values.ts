/** Values that arguments are made of. */
import * as z from 'zod'

export const uuid = z.guid()
export const instant = z.int().min(-62_135_596_800_000).max(253_402_300_799_999)
export const text = (most: number) => z.string().trim().max(most)
export const someText = (most: number) => text(most).min(1)
