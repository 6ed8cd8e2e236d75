/** The colours of the theme, as a canvas takes them. */
export interface Colours {
  readonly text: string
  readonly line: string
  readonly surface: string
  readonly rise: string
  readonly fall: string
  readonly volume: string
  readonly mark: string
}

/** Reads the theme's colours where they hold. */
export function coloursOf(place: HTMLElement): Colours {
  const probe = document.createElement('span')
  place.append(probe)
  const colour = (name: string): string => {
    probe.style.color = `var(--${name})`
    return getComputedStyle(probe).color
  }
  const colours = {
    text: colour('muted'),
    line: colour('line'),
    surface: colour('surface'),
    rise: colour('good-fill'),
    fall: colour('bad-fill'),
    volume: colour('line'),
    mark: colour('info'),
  }
  probe.remove()
  return colours
}

/** Calls back when the theme changes: by the toggle of the page, or by the system. */
export function onThemeChange(change: () => void): () => void {
  const watcher = new MutationObserver(change)
  watcher.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  const system = matchMedia('(prefers-color-scheme: dark)')
  system.addEventListener('change', change)
  return () => {
    watcher.disconnect()
    system.removeEventListener('change', change)
  }
}
