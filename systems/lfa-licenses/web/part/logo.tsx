import type { ReactNode } from 'react'

/** The shield of the academy. */
export function Logo(): ReactNode {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <path d="M16 2l12 4v9c0 8-5 12.700-12 15C9 27.700 4 23 4 15V6z" fill="var(--accent)" />
      <path
        d="M10.500 16.500l4 4 7.500-8.500"
        fill="none"
        stroke="var(--on-accent)"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
