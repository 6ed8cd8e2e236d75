import { Empty, PageHead } from 'page-kit'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { paths } from '../path.ts'

/** For paths that lead nowhere, or not for this role. */
export function WrongPage(): ReactNode {
  return (
    <>
      <PageHead title="Nothing here" />
      <div className="card">
        <Empty
          icon="info"
          title="There is no such page for you"
          action={
            <Link className="button button-plain" href={paths.universes}>
              Go to the universes
            </Link>
          }
        >
          It may be for operators only, or the address may be wrong.
        </Empty>
      </div>
    </>
  )
}
