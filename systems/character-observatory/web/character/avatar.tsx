import type { ReactNode } from 'react'

const hues = 8

/** The first letters of a name on a colour of its own; pages load no pictures from elsewhere. */
export function Avatar({ id, name }: { readonly id: string; readonly name: string }): ReactNode {
  const initials = name
    .trim()
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => String.fromCodePoint(word.codePointAt(0) ?? 63).toUpperCase())
    .join('')
  return (
    <span className="avatar" data-hue={hueOf(id)} aria-hidden="true">
      {initials}
    </span>
  )
}

function hueOf(id: string): number {
  return Number.parseInt(id.slice(-4), 16) % hues
}
