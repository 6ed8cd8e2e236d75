import type { ReactNode } from 'react'

/** What a colour says; the words beside it say it too. */
export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'plain'

export function Badge({
  tone,
  className = '',
  children,
}: {
  readonly tone: Tone
  readonly className?: string
  readonly children: ReactNode
}): ReactNode {
  return <span className={`badge tone-${tone} ${className}`.trim()}>{children}</span>
}
