/**
 * Parts: a large period is given in several commands, so that progress shows, the phone is answered in between,
 * and it can be stopped. All parts have one rule and one way back.
 */
/** Dates of one command: decided in less than half a second on a slow computer. */
const DATES_PER_PART = 1600

/** The halls of each command, in order. */
export function partsOfPeriod(
  { resources }: Readonly<{ resources: readonly string[] }>,
  datesPerHall: number,
): string[][] {
  const halls = Math.max(1, Math.floor(DATES_PER_PART / Math.max(1, datesPerHall)))
  const parts: string[][] = []
  for (let index = 0; index < resources.length; index += halls) {
    parts.push(resources.slice(index, index + halls))
  }
  return parts
}
