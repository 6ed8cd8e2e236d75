import { Empty, PageHead } from 'page-kit'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { paths } from '../path.ts'

/** For paths that lead nowhere. */
export function WrongPage(): ReactNode {
  return (
    <>
      <PageHead title="Nothing here" />
      <div className="card">
        <Empty
          icon="info"
          title="There is no such page"
          action={
            <Link className="button button-plain" href={paths.ecosystems}>
              Go to the ecosystems
            </Link>
          }
        >
          The address may be wrong.
        </Empty>
      </div>
    </>
  )
}
