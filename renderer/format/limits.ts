/**
 * Limits: how many characters a field takes: those of the core's schemas. Fields are not cut off at them: what is too long
 * stays as typed and gets a sentence. Pure.
 */
export const LIMITS = {
  name: 200,
  organisation: 200,
  phone: 40,
  email: 254,
  title: 200,
  note: 4000,
  street: 200,
  postcode: 20,
  town: 120,
  reason: 500,
  municipality: 120,
  target: 80,
  folder: 1000,
} as const
export type Limited = keyof typeof LIMITS

export function isTooLong(field: Limited, text: string): boolean {
  return text.trim().length > LIMITS[field]
}
