import { useQuery } from '@tanstack/react-query'
import { Button, Card, counted, Empty, formatDay, Icon, Loaded, Skeleton } from 'page-kit'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { universesOf, type SymbolUniverses } from '../api.ts'
import { universePath } from '../path.ts'
import { nameOfUniverse } from './universe-name.ts'

/** The universes that hold a symbol. */
export function SymbolCard({
  symbol,
  onClose,
}: {
  readonly symbol: string
  readonly onClose: () => void
}): ReactNode {
  const query = useQuery(universesOf(symbol))
  return (
    <Card
      title={`Universes of ${symbol}`}
      aside={
        <Button kind="quiet" small aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </Button>
      }
    >
      <Loaded query={query} skeleton={<Skeleton height="4rem" />}>
        {(found) => <Holders found={found} />}
      </Loaded>
    </Card>
  )
}

function Holders({ found }: { readonly found: SymbolUniverses }): ReactNode {
  const { name, universes } = found
  if (universes.length === 0) {
    return <Empty icon="layers" title={`No universe holds ${name ?? found.symbol} now`} />
  }
  return (
    <>
      <p className="muted">
        {name}, in {counted(universes.length, 'universe')}
      </p>
      <ul className="chips">
        {universes.map(({ key, valid_from }) => (
          <li key={key}>
            <Link className="chip" href={universePath(key)}>
              {nameOfUniverse(key)}
              <span className="muted small">since {formatDay(valid_from)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
