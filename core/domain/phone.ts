/**
 * Phones: kept as typed, found by their last digits whatever the way they were typed.
 */

/**
 * Digits with the country in front, so that `079 555 01 40`, `+41 79 555 01 40` and `0041795550140` are one.
 * A number without a country code is read as one of `country` (digits, `41` for Switzerland).
 */
export function phoneDigits(typed: string, country = '41'): string {
  const digits = typed.replace(/\(0\)/g, '').replace(/\D/g, '')
  if (digits === '') return ''
  if (typed.trim().startsWith('+')) return digits
  if (digits.startsWith('00')) return digits.slice(2)
  if (digits.startsWith('0')) return country + digits.slice(1)
  return digits
}
