import { Empty, sentence } from 'page-kit'
import { useEffect, useState, type ReactNode } from 'react'
import type { CharacterView } from '../api.ts'
import { KindIcon, kindWords } from '../interaction/kind.tsx'
import { ago, strongest, type FeedLine } from './feed-line.ts'

const tickMs = 5_000

/** What happened last, the newest first. */
export function FeedPanel({
  lines,
  characters,
}: {
  readonly lines: readonly FeedLine[]
  readonly characters: readonly CharacterView[]
}): ReactNode {
  const [nowMs, setNowMs] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), tickMs)
    return () => clearInterval(timer)
  }, [])
  if (lines.length === 0) {
    return (
      <Empty icon="pulse" title="Nothing has happened yet">
        What the characters do shows here at once.
      </Empty>
    )
  }
  const names = new Map(characters.map(({ id, name }) => [id, name]))
  return (
    <ol className="feed" aria-label="Activity">
      {lines.map((line) => (
        <li className="feed-line" key={line.id} data-seq={line.seq}>
          <KindIcon kind={line.kind === 'interaction' ? line.type : line.kind} />
          <div className="feed-text">
            <p>
              <Told line={line} nameOf={(id) => names.get(id) ?? 'Somebody who left'} />
            </p>
            {line.kind === 'interaction' && <Words line={line} />}
            <time className="muted small" dateTime={line.at}>
              {ago(line.at, Math.max(nowMs, Date.parse(line.at)))}
            </time>
          </div>
        </li>
      ))}
    </ol>
  )
}

function Told({
  line,
  nameOf,
}: {
  readonly line: FeedLine
  readonly nameOf: (id: string) => string
}): ReactNode {
  switch (line.kind) {
    case 'interaction':
      return (
        <>
          <strong>{nameOf(line.initiator)}</strong> {kindWords[line.type]}{' '}
          <strong>{nameOf(line.target)}</strong>
        </>
      )
    case 'came':
    case 'left':
      return (
        <>
          <strong>{line.name}</strong> {line.kind === 'came' ? 'moved in' : 'left'}
        </>
      )
    case 'rested':
      return (
        <>
          <strong>{nameOf(line.character)}</strong> rested
        </>
      )
  }
}

function Words({
  line: { content, response, emotions, change },
}: {
  readonly line: Extract<FeedLine, { kind: 'interaction' }>
}): ReactNode {
  return (
    <>
      <p className="feed-words">“{content}”</p>
      <p className="feed-words feed-answer">“{response}”</p>
      <ul className="feed-chips" aria-label="What came of it">
        {strongest(emotions).map(([name, share]) => (
          <li className="emotion" data-emotion={name} key={name}>
            {sentence(name)} {Math.round(share * 100)} %
          </li>
        ))}
        {change && change.strength !== 0 && (
          <li className="step" data-sign={change.strength > 0 ? 'up' : 'down'}>
            {change.strength > 0 ? '▲ closer' : '▼ further'} {Math.abs(change.strength).toFixed(3)}
          </li>
        )}
        {change?.became && <li className="step">now {sentence(change.became).toLowerCase()}</li>}
      </ul>
    </>
  )
}
