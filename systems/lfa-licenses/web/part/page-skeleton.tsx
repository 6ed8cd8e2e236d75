import { Skeleton, SkeletonCards } from 'page-kit'
import type { ReactNode } from 'react'

/** Stands where a page is being loaded. */
export function PageSkeleton(): ReactNode {
  return (
    <div className="stack" aria-busy="true">
      <Skeleton height="2rem" width="14rem" />
      <SkeletonCards count={2} height="14rem" column="22rem" />
    </div>
  )
}
