import type { ReactNode } from 'react'
import { ApiError } from '../data/client.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'
import type { Tone } from './badge.tsx'

const icons = {
  good: 'check',
  warn: 'warning',
  bad: 'warning',
  info: 'info',
  plain: 'info',
} as const

/** A message about the page or a part of it. Errors are told at once, the rest when there is time. */
export function Banner({
  tone,
  title,
  action,
  children,
}: {
  readonly tone: Tone
  readonly title: string
  readonly action?: ReactNode
  readonly children?: ReactNode
}): ReactNode {
  return (
    <div className={`banner tone-${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon name={icons[tone]} />
      <div className="banner-text">
        <strong>{title}</strong>
        {children}
      </div>
      {action}
    </div>
  )
}

/** What went wrong, what can be done about it, and the id to ask support about. */
export function ErrorBanner({
  error,
  stale = false,
  onRetry,
}: {
  readonly error: Error
  /** What was read before is still shown. */
  readonly stale?: boolean
  readonly onRetry?: () => void
}): ReactNode {
  const told = error instanceof ApiError ? error : undefined
  return (
    <Banner
      tone="bad"
      title={error.message}
      action={
        onRetry && (
          <Button kind="plain" small onClick={onRetry}>
            Try again
          </Button>
        )
      }
    >
      {told?.hint && <span>{told.hint}</span>}
      {stale && <span>What you see was read before.</span>}
      {told?.requestId && told.status >= 500 && (
        <span className="small">
          Request <code>{told.requestId}</code>
        </span>
      )}
    </Banner>
  )
}
