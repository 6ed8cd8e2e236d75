import type { ReactNode } from 'react'

/** Three bars, as an idea that grows. */
export function Logo(): ReactNode {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <rect x="3" y="3" width="26" height="26" rx="7" fill="var(--accent)" />
      <path
        d="M10 21V11m6 10V8m6 13v-6"
        fill="none"
        stroke="var(--on-accent)"
        strokeWidth="3"
        strokeLinecap="round"
      />
    </svg>
  )
}
