/** Plain: words as they are searched for: small letters, no accents. The database does the same (`allmend.plain`). */
export function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
}
