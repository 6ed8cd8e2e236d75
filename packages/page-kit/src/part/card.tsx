import { useId, type ReactNode } from 'react'

/** A part of a page with a heading of its own. */
export function Card({
  title,
  aside,
  flush = false,
  scrolls = false,
  className = '',
  children,
}: {
  readonly title: string
  /** Beside the title: a badge, a button. */
  readonly aside?: ReactNode
  /** For tables, which reach the card's edges. */
  readonly flush?: boolean
  /** For cards that scroll and hold nothing that keys could go to. */
  readonly scrolls?: boolean
  readonly className?: string
  readonly children: ReactNode
}): ReactNode {
  const id = useId()
  return (
    <section
      className={`card ${flush ? 'card-flush' : ''} ${className}`.trim()}
      aria-labelledby={id}
      tabIndex={scrolls ? 0 : undefined}
    >
      <div className="card-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </div>
      {children}
    </section>
  )
}

/** Terms and their values, side by side where there is room. */
export function Facts({
  items,
}: {
  readonly items: readonly (readonly [term: string, value: ReactNode])[]
}): ReactNode {
  return (
    <dl className="facts">
      {items.map(([term, value]) => (
        <div className="fact" key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
