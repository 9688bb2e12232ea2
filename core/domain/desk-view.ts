/** What a desk keeps of its views and of what was typed: the limits that the contract and the screens share. */

/**
 * What the calendar can leave out: reservable time, requests, what is held for a caller, blockers, holidays, and whatever
 * is not for citizens' eyes.
 */
export const layers = ['free', 'requests', 'holds', 'blockers', 'holidays', 'private'] as const
export type Layer = (typeof layers)[number]

/** More sets of halls than this nobody finds again in a list. */
export const MOST_HALL_SETS = 40

/** Calls that can wait at once: more nobody keeps apart. */
export const MOST_PARKED = 5
