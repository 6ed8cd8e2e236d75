import type { ReactNode } from 'react'

/** Three who know each other. */
export function Logo(): ReactNode {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <rect x="3" y="3" width="26" height="26" rx="7" fill="var(--accent)" />
      <path
        d="M11 20.500 16 11l5.500 8.500z"
        fill="none"
        stroke="var(--on-accent)"
        strokeWidth="1.800"
        strokeLinejoin="round"
      />
      <circle cx="16" cy="11" r="3" fill="var(--on-accent)" />
      <circle cx="11" cy="20.500" r="2.500" fill="var(--on-accent)" />
      <circle cx="21.500" cy="19.500" r="2" fill="var(--on-accent)" />
    </svg>
  )
}
