import { Card, Empty, formatMoment, sentence } from 'page-kit'
import type { ReactNode } from 'react'
import type { LastChangeView } from '../api.ts'
import { reasonText } from '../figure.ts'

const shown = 12

/** Whom the last change brought and took, each with its reason. */
export function LastChangeCard({ change }: { readonly change: LastChangeView | null }): ReactNode {
  if (change === null) {
    return (
      <Card title="Last change">
        <Empty icon="check" title="It has not changed since it was made" />
      </Card>
    )
  }
  const { added, removed, change_type, at } = change
  return (
    <Card
      title="Last change"
      aside={
        <span className="muted small">
          {sentence(change_type)}, {formatMoment(at)}
        </span>
      }
    >
      <Side sign="+" name="Added" symbols={added} />
      <Side sign="−" name="Removed" symbols={removed} />
    </Card>
  )
}

function Side({
  sign,
  name,
  symbols,
}: {
  readonly sign: '+' | '−'
  readonly name: string
  readonly symbols: LastChangeView['added']
}): ReactNode {
  if (symbols.length === 0) return null
  return (
    <div className="diff-side">
      <h3 className={sign === '+' ? 'diff-added' : 'diff-removed'}>
        {name} {symbols.length}
      </h3>
      <ul className="diff" aria-label={name}>
        {symbols.slice(0, shown).map(({ symbol, reason }) => (
          <li key={symbol}>
            <span className="symbol" data-sign={sign}>
              {sign} {symbol}
            </span>
            <span className="muted small">{reasonText(reason)}</span>
          </li>
        ))}
      </ul>
      {symbols.length > shown && (
        <p className="muted small">and {symbols.length - shown} more, see the history below</p>
      )}
    </div>
  )
}
