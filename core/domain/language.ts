/** The languages the desk speaks and publishes in: one catalogue each. */
export const languages = ['de-CH', 'fr-CH', 'it-CH', 'en'] as const
export type Language = (typeof languages)[number]
