/** Length input: how long, as a clerk types it: `2`, `1,5`, `1:30`, `1h30`, `90 min`. In minutes; null where it is none. */
export function parseLength(text: string): number | null {
  const typed = text.trim().toLowerCase().replace(',', '.')
  const minutes = /^(\d{1,4})\s*(m|min|minuten|minutes|minuti)\.?$/.exec(typed)
  if (minutes) return within(Number(minutes[1]))
  const clock = /^(\d{1,2})\s*[:h]\s*(\d{2})$/.exec(typed)
  if (clock && Number(clock[2]) < 60) return within(Number(clock[1]) * 60 + Number(clock[2]))
  const hours = /^(\d{1,2}(?:\.\d{1,2})?)\s*(h|std|stunden?|hours?|heures?|ore|ora)?\.?$/.exec(
    typed,
  )
  return hours ? within(Math.round(Number(hours[1]) * 60)) : null
}

function within(minutes: number): number | null {
  return minutes >= 5 && minutes <= 1440 ? minutes : null
}
