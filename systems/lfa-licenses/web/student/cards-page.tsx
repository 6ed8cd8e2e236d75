import { useQuery } from '@tanstack/react-query'
import { Card as Section, Empty, formatDay, Icon, Loaded, PageHead, SkeletonCards } from 'page-kit'
import type { ReactNode } from 'react'
import { cards, ownProgress, type Progress } from '../api.ts'
import { faces } from '../specialization.ts'
import { LicenseCard } from './license-card.tsx'

const skeleton = <SkeletonCards count={4} height="25rem" column="22rem" />

/** The four specializations, those that are held and those that can be unlocked. */
export function CardsPage(): ReactNode {
  const query = useQuery(cards)
  const progress = useQuery(ownProgress)
  const progressOf = (id: string | null): Progress | undefined =>
    progress.data?.items.find(({ specialization_id }) => specialization_id === id)
  return (
    <>
      <PageHead title="Licences">
        Each specialization has a licence of its own, with its own level, credits and validity.
      </PageHead>
      <div className="stack">
        <Loaded query={query} skeleton={skeleton}>
          {(all) =>
            progress.isPending ? (
              skeleton
            ) : (
              <div className="grid" style={{ ['--column' as string]: '22rem' }}>
                {all.map((card) => (
                  <LicenseCard
                    key={card.specialization_type}
                    card={card}
                    progress={progressOf(faces[card.specialization_type].progress)}
                  />
                ))}
              </div>
            )
          }
        </Loaded>
        {progress.data && <Achievements all={progress.data.items} />}
      </div>
    </>
  )
}

function Achievements({ all }: { readonly all: readonly Progress[] }): ReactNode {
  const earned = all
    .flatMap(({ id, achievements }) => achievements.map((one) => ({ ...one, id })))
    .toSorted((a, b) => b.earned_at.localeCompare(a.earned_at))
  return (
    <Section title="Achievements">
      {earned.length === 0 ? (
        <Empty icon="medal" title="None yet">
          They come with sessions and with new levels.
        </Empty>
      ) : (
        <ul className="achievements">
          {earned.map(({ id, code, title, description, earned_at }) => (
            <li className="achievement" key={`${id} ${code}`}>
              <Icon name="medal" />
              <div>
                <strong>{title}</strong>
                <p className="small muted">
                  {description} · {formatDay(earned_at)}
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
