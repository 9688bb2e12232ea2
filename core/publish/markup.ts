/** Markup: text that cannot break out of the page it stands in. */

const signs: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => signs[sign] as string)
}

/** Parts that are there, in lines. */
export function lines(...parts: readonly (string | false | readonly string[])[]): string {
  return parts.flat().filter(Boolean).join('\n')
}
