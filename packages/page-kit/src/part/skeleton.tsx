import type { ReactNode } from 'react'

/** Stands where something is being loaded, as high as that will be. */
export function Skeleton({
  height,
  width = '100%',
}: {
  readonly height: string
  readonly width?: string
}): ReactNode {
  return <span className="skeleton" aria-hidden="true" style={{ height, width }} />
}

/** Several in a column, such as the rows of a table. */
export function SkeletonRows({
  count,
  height = '2.75rem',
}: {
  readonly count: number
  readonly height?: string
}): ReactNode {
  return (
    <div className="stack">
      {Array.from({ length: count }, (_none, index) => (
        <Skeleton key={index} height={height} />
      ))}
    </div>
  )
}

/** Several in the grid in which the cards will be. */
export function SkeletonCards({
  count,
  height,
  column = '18rem',
}: {
  readonly count: number
  readonly height: string
  /** The least width of a card. */
  readonly column?: string
}): ReactNode {
  return (
    <div className="grid" style={{ ['--column' as string]: column }}>
      {Array.from({ length: count }, (_none, index) => (
        <Skeleton key={index} height={height} />
      ))}
    </div>
  )
}

/** Stands where a page is being loaded. */
export function PageSkeleton(): ReactNode {
  return (
    <div className="stack" aria-busy="true">
      <Skeleton height="2rem" width="14rem" />
      <SkeletonCards count={2} height="14rem" column="22rem" />
    </div>
  )
}
