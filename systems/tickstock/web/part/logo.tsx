import type { ReactNode } from 'react'

/** Two candles: a day that fell, a day that rose. */
export function Logo(): ReactNode {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <rect x="3" y="3" width="26" height="26" rx="7" fill="var(--accent)" />
      <path
        d="M11 8v16M21 8v16"
        stroke="var(--on-accent)"
        strokeWidth="2"
        strokeLinecap="round"
        fill="none"
      />
      <rect x="8" y="13" width="6" height="8" rx="1.5" fill="var(--on-accent)" />
      <rect
        x="18"
        y="11"
        width="6"
        height="7"
        rx="1.5"
        fill="var(--accent)"
        stroke="var(--on-accent)"
        strokeWidth="2"
      />
    </svg>
  )
}
