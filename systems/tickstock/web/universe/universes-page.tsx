import { useQuery } from '@tanstack/react-query'
import {
  Button,
  Choices,
  Empty,
  Field,
  formatNumber,
  Loaded,
  PageHead,
  sentence,
  SkeletonCards,
} from 'page-kit'
import { useId, useState, type ReactNode } from 'react'
import { Link } from 'wouter'
import { universes, type UniverseView } from '../api.ts'
import { paths } from '../path.ts'
import { SymbolCard } from './symbol-card.tsx'
import { UniverseCard } from './universe-card.tsx'
import { nameOfUniverse } from './universe-name.ts'

const everything = 'ALL'

/** All universes: whom they hold, by which filter, and when they last changed. */
export function UniversesPage(): ReactNode {
  const query = useQuery(universes)
  return (
    <>
      <PageHead
        title="Universes"
        aside={
          <Link className="button button-plain" href={paths.overlap}>
            Compare two
          </Link>
        }
      >
        Lists of ETFs and stocks, kept by their filters and by the daily synchronization.
      </PageHead>
      <Loaded query={query} skeleton={<SkeletonCards count={6} height="15rem" column="20rem" />}>
        {({ items }) =>
          items.length === 0 ? (
            <div className="card">
              <Empty icon="layers" title="No universe yet">
                They appear here once the producer has expanded its themes.
              </Empty>
            </div>
          ) : (
            <Browser universes={items} />
          )
        }
      </Loaded>
    </>
  )
}

function Browser({ universes: all }: { readonly universes: readonly UniverseView[] }): ReactNode {
  const [category, setCategory] = useState(everything)
  const [search, setSearch] = useState('')
  const [symbol, setSymbol] = useState('')
  const categories = [...new Set(all.map(categoryOf))].toSorted()
  const found = all.filter(
    (one) =>
      (category === everything || categoryOf(one) === category) && matches(one, search.trim()),
  )
  const held = found.reduce((sum, { symbol_count }) => sum + symbol_count, 0)
  return (
    <div className="stack">
      <div className="browse-bar">
        <form
          className="search"
          role="search"
          onSubmit={(event) => {
            event.preventDefault()
            setSymbol(search.trim().toUpperCase())
          }}
        >
          <Field
            label="Search"
            type="search"
            placeholder="A theme, or a symbol such as QQQ"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          <Button type="submit" kind="plain" disabled={!isSymbol(search)}>
            Look up symbol
          </Button>
        </form>
        <Choices
          label="Category"
          name="category"
          options={[
            [everything, `All ${all.length}`],
            ...categories.map((name) => [name, categoryName(name)] as const),
          ]}
          value={category}
          onChoose={setCategory}
        />
        <p className="muted small" role="status">
          {formatNumber(found.length)} of {formatNumber(all.length)} universes, {formatNumber(held)}{' '}
          memberships
        </p>
      </div>
      {symbol !== '' && <SymbolCard symbol={symbol} onClose={() => setSymbol('')} />}
      {found.length === 0 && (
        <div className="card">
          <Empty icon="layers" title="No universe is called so">
            Where you are looking for a symbol, look it up by the button above.
          </Empty>
        </div>
      )}
      {categories.map((name) => (
        <Group
          key={name}
          category={name}
          universes={found.filter((one) => categoryOf(one) === name)}
        />
      ))}
    </div>
  )
}

function Group({
  category,
  universes: group,
}: {
  readonly category: string
  readonly universes: readonly UniverseView[]
}): ReactNode {
  const id = useId()
  if (group.length === 0) return null
  return (
    <section className="stack" aria-labelledby={id}>
      <h2 id={id} className="group-title">
        {categoryName(category)} <span className="muted">{group.length}</span>
      </h2>
      <ul className="grid plain-list" style={{ ['--column' as string]: '17rem' }}>
        {group.toSorted(byName).map((one) => (
          <li key={one.key}>
            <UniverseCard universe={one} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Top 500 comes before Top 1000. */
function byName(a: UniverseView, b: UniverseView): number {
  return a.key.localeCompare(b.key, 'en', { numeric: true })
}

function isSymbol(text: string): boolean {
  return /^[A-Z][A-Z0-9._]{0,39}$/i.test(text.trim())
}

function categoryOf({ category }: UniverseView): string {
  return category ?? 'OTHER'
}

const categoryNames: Readonly<Record<string, string>> = {
  ETF: 'ETF themes',
  STOCK: 'Stocks by size',
  SECTOR: 'Stocks by sector',
}

function categoryName(category: string): string {
  return categoryNames[category] ?? sentence(category)
}

function matches(universe: UniverseView, search: string): boolean {
  const { key, description, focus, sample } = universe
  const texts = [key, nameOfUniverse(key), description ?? '', focus ?? '', ...sample]
  return texts.some((text) => text.toLowerCase().includes(search.toLowerCase()))
}
