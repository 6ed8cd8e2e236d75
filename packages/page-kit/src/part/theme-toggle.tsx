import { useState, type ReactNode } from 'react'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

function isDark(): boolean {
  const chosen = document.documentElement.dataset['theme']
  return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
}

/** Chooses light or dark for this browser; until then its own preference holds. */
export function ThemeToggle(): ReactNode {
  const [dark, setDark] = useState(isDark)
  const toggle = (): void => {
    const theme = dark ? 'light' : 'dark'
    document.documentElement.dataset['theme'] = theme
    localStorage.setItem('theme', theme)
    setDark(!dark)
  }
  const name = dark ? 'Use light colours' : 'Use dark colours'
  return (
    <Button kind="quiet" aria-label={name} title={name} onClick={toggle}>
      <Icon name={dark ? 'sun' : 'moon'} />
    </Button>
  )
}
