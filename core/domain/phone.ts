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

/** Signs a number may be typed with; letters make it a word. */
const TYPED = /^[+\d][\d\s()/.\-']*$/

/** Could it be a phone number: digits enough to be called, and no letters? */
export function isPhone(typed: string): boolean {
  const { length } = phoneDigits(typed)
  return TYPED.test(typed.trim()) && length >= 3 && length <= 17
}

/** As it is read out: E.164 in groups for Swiss numbers, E.164 for others, as typed where it is neither. */
export function phoneShown(typed: string, country = '41'): string {
  const digits = phoneDigits(typed, country)
  const swiss = /^41(\d{2})(\d{3})(\d{2})(\d{2})$/.exec(digits)
  if (swiss) return `+41 ${swiss.slice(1).join(' ')}`
  return /^(\+|00)/.test(typed.trim()) && isPhone(typed) ? `+${digits}` : typed.trim()
}
