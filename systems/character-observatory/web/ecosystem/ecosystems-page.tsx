import { useQuery } from '@tanstack/react-query'
import { Badge, Button, Empty, Loaded, PageHead, sentence, SkeletonCards } from 'page-kit'
import { useState, type ReactNode } from 'react'
import { Link } from 'wouter'
import { ecosystems, type EcosystemView } from '../api.ts'
import { ecosystemPath } from '../path.ts'
import { NewEcosystem } from './new-ecosystem.tsx'

/** Where one chooses what to watch. */
export function EcosystemsPage(): ReactNode {
  const query = useQuery(ecosystems)
  const [isMaking, setMaking] = useState(false)
  const make = <Button onClick={() => setMaking(true)}>New ecosystem</Button>
  return (
    <>
      <PageHead title="Ecosystems" aside={make}>
        Each is a small world of characters that you may watch.
      </PageHead>
      <Loaded query={query} skeleton={<SkeletonCards count={3} height="9rem" />}>
        {({ items }) =>
          items.length === 0 ? (
            <div className="card">
              <Empty icon="people" title="You are in no ecosystem yet">
                Make one, or ask the owner of another to make you a member.
              </Empty>
            </div>
          ) : (
            <div className="grid">
              {items.map((one) => (
                <EcosystemCard key={one.id} ecosystem={one} />
              ))}
            </div>
          )
        }
      </Loaded>
      {isMaking && <NewEcosystem onClose={() => setMaking(false)} />}
    </>
  )
}

function EcosystemCard({
  ecosystem: { id, name, description, membership, is_active },
}: {
  readonly ecosystem: EcosystemView
}): ReactNode {
  return (
    <Link className="card" href={ecosystemPath(id)}>
      <div className="card-head">
        <h2>{name}</h2>
        <Badge tone={is_active ? 'info' : 'plain'}>
          {is_active ? sentence(membership) : 'Inactive'}
        </Badge>
      </div>
      <p className="muted">{description === '' ? 'Nothing is said about it.' : description}</p>
    </Link>
  )
}
