import type { ButtonHTMLAttributes, ReactNode } from 'react'

/** A button; while `busy` it cannot be pressed and shows that something goes on. */
export function Button({
  kind = 'primary',
  small = false,
  busy = false,
  className = '',
  disabled,
  children,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & {
  readonly kind?: 'primary' | 'plain' | 'danger' | 'quiet'
  readonly small?: boolean
  readonly busy?: boolean
}): ReactNode {
  const size = small ? 'button-small' : ''
  return (
    <button
      type="button"
      {...rest}
      className={`button button-${kind} ${size} ${className}`.replaceAll(/ +/g, ' ').trim()}
      disabled={disabled === true || busy}
    >
      {busy && <span className="spinner" aria-hidden="true" />}
      {children}
    </button>
  )
}
