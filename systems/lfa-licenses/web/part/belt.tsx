import type { ReactNode } from 'react'
import { sentence } from 'page-kit'

const colours: Readonly<Record<string, string>> = {
  white: '#f7f7f2',
  yellow: '#f4c93a',
  green: '#2f9e5b',
  blue: '#2f6fd0',
  brown: '#7d4f2a',
  grey: '#8d9296',
  black: '#22262a',
  red: '#cc2f2f',
}

/** A level as a belt, where it has a colour, with its number and name. */
export function Belt({
  level,
  name,
  color,
  max = 8,
}: {
  readonly level: number
  readonly name: string
  readonly color: string | null
  readonly max?: number
}): ReactNode {
  return (
    <div className="belt">
      <BeltPicture fill={color === null ? 'var(--hue)' : (colours[color] ?? 'var(--hue)')} />
      <div className="belt-name">
        <strong>{/[a-z]/.test(name) ? name : sentence(name)}</strong>
        <span className="muted small">
          Level {level} of {max}
          {color === null ? '' : ` · ${color} belt`}
        </span>
      </div>
    </div>
  )
}

function BeltPicture({ fill }: { readonly fill: string }): ReactNode {
  return (
    <svg width="56" height="36" viewBox="0 0 56 36" aria-hidden="true">
      <g fill={fill} className="belt-line" strokeWidth="1.25" strokeLinejoin="round">
        <path d="M2 7h52v9H2z" />
        <path d="M24 16l-7 17 8 1 5-17zM32 16l7 17-8 1-5-17z" />
        <path d="M22 5h12v13H22z" />
      </g>
    </svg>
  )
}
