/** Mark: a roof over a meadow, the sign of the Allmend. Decoration; the name stands beside it or in its label. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="var(--accent)"
      strokeWidth="2.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M2 14 12 4l10 10" />
      <path d="M4 19c3-3 5-3 8 0s5 3 8 0" />
    </svg>
  )
}
