import { Button, formatMoment, Icon } from 'page-kit'
import { memo, useState, type ReactNode } from 'react'
import { Link } from 'wouter'
import { keyOfNotice, titleOfChannel, type Notice } from './notice.ts'
import { sentenceOf } from './notice-sentence.ts'

const shownAtFirst = 30

/** Notices as sentences, each with its time and where there is more about it. */
export function NoticeList({ notices }: { readonly notices: readonly Notice[] }): ReactNode {
  const [count, setCount] = useState(shownAtFirst)
  return (
    <>
      {/* Said aloud as they come, but only what is new. */}
      <ol className="notice-list" aria-label="Notifications, newest first" aria-live="polite">
        {notices.slice(0, count).map((notice) => (
          <NoticeLine key={keyOfNotice(notice)} notice={notice} />
        ))}
      </ol>
      {notices.length > count && (
        <div className="card-foot more">
          <Button kind="plain" small onClick={() => setCount(count + shownAtFirst)}>
            Show more
          </Button>
        </div>
      )}
    </>
  )
}

const NoticeLine = memo(function NoticeLine({ notice }: { readonly notice: Notice }): ReactNode {
  const { title, detail, icon, tone, path } = sentenceOf(notice)
  const { channel, seq, timestamp } = notice
  return (
    <li className="notice" data-channel={channel} data-seq={seq}>
      <span className={`notice-icon tone-${tone}`}>
        <Icon name={icon} />
      </span>
      <div className="notice-text">
        <p className="notice-title">{path === null ? title : <Link href={path}>{title}</Link>}</p>
        {detail && <p className="small">{detail}</p>}
        <p className="muted small notice-origin">
          <time dateTime={timestamp}>{formatMoment(timestamp)}</time>
          <span>
            {titleOfChannel(channel)}, number {seq}
          </span>
        </p>
      </div>
    </li>
  )
})
