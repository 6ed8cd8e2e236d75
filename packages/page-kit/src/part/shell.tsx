import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import type { Service } from '../data/service.ts'
import { Button } from './button.tsx'
import { Icon, type IconName } from './icon.tsx'
import { ThemeToggle } from './theme-toggle.tsx'

/** An entry of the navigation. */
export interface NavEntry {
  readonly path: string
  readonly name: string
  readonly icon: IconName
}

/** The frame of all pages: brand, navigation, who is signed in, and the page itself. */
export function Shell<User>({
  brand,
  logo,
  home,
  entries,
  person,
  service,
  children,
}: {
  readonly brand: string
  readonly logo: ReactNode
  readonly home: string
  readonly entries: readonly NavEntry[]
  readonly person: { readonly name: string; readonly role: string }
  /** Where the button to sign out does so. */
  readonly service: Service<User>
  readonly children: ReactNode
}): ReactNode {
  const [open, setOpen] = useState(false)
  const [path] = useLocation()
  const signOut = useMutation({
    mutationFn: () => service.client.send('DELETE', '/auth/session'),
    onSuccess: () => service.beginSession(null),
  })
  return (
    <div className="shell">
      <a className="skip-link" href="#main">
        Skip to content
      </a>
      <header className="shell-bar">
        <Link className="brand" href={home}>
          {logo}
          {brand}
        </Link>
        <Button
          kind="quiet"
          className="shell-menu"
          aria-label="Menu"
          aria-expanded={open}
          aria-controls="navigation"
          onClick={() => setOpen(!open)}
        >
          <Icon name={open ? 'close' : 'menu'} />
        </Button>
        <nav className="shell-nav" id="navigation" aria-label="Main" data-open={open}>
          <Entries entries={entries} path={path} onFollow={() => setOpen(false)} />
        </nav>
        <div className="shell-person">
          <div className="shell-person-name">
            <span>{person.name}</span>
            <span className="muted small">{person.role}</span>
          </div>
          <ThemeToggle />
          <Button
            kind="quiet"
            aria-label="Sign out"
            title="Sign out"
            onClick={() => signOut.mutate()}
          >
            <Icon name="leave" />
          </Button>
        </div>
      </header>
      <main className="shell-main" id="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  )
}

function Entries({
  entries,
  path,
  onFollow,
}: {
  readonly entries: readonly NavEntry[]
  readonly path: string
  readonly onFollow: () => void
}): ReactNode {
  const here = entries
    .filter((entry) => path === entry.path || path.startsWith(`${entry.path}/`))
    .toSorted((a, b) => b.path.length - a.path.length)[0]
  return (
    <ul>
      {entries.map((entry) => (
        <li key={entry.path}>
          <Link
            className="nav-link"
            href={entry.path}
            onClick={onFollow}
            {...(entry === here ? { 'aria-current': 'page' as const } : {})}
          >
            <Icon name={entry.icon} />
            {entry.name}
          </Link>
        </li>
      ))}
    </ul>
  )
}

let isFirstPage = true

/** The heading of a page, which gets the focus when one comes here from another page. */
export function PageHead({
  title,
  children,
  aside,
}: {
  readonly title: string
  readonly children?: ReactNode
  readonly aside?: ReactNode
}): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = title
    if (!isFirstPage) heading.current?.focus()
    isFirstPage = false
  }, [title])
  return (
    <div className="page-head">
      <div className="page-head-text">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children && <p className="muted">{children}</p>}
      </div>
      {aside && <div className="row">{aside}</div>}
    </div>
  )
}
