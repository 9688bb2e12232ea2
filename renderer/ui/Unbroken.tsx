/** Unbroken: a sentence whose times of day (`10:00–11:30`) stay on one line; elsewhere it breaks as text does. */
const SPAN = /(\d{1,2}:\d{2}–\d{1,2}:\d{2})/

export function Unbroken({ text }: { text: string }) {
  return text.split(SPAN).map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part has no name but its place
      <span key={index} className="unbroken">
        {part}
      </span>
    ) : (
      part
    ),
  )
}
