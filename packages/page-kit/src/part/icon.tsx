import type { ReactNode } from 'react'

/** Outlines on a grid of 24, drawn with strokes. */
const outlines = {
  card: 'M3 7a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2zM3 10h18M7 15h4',
  calendar:
    'M5 5h14a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2zM3 10h18M8 3v4M16 3v4',
  chart: 'M4 20V4M4 20h16M8 16v-4M12.5 16V8M17 16v-6',
  coin: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM14.8 9.2c-.6-.9-1.6-1.4-2.8-1.4-1.600 0-2.800.8-2.800 2.100 0 2.900 5.800 1.300 5.800 4.200 0 1.300-1.300 2.100-2.900 2.100-1.400 0-2.500-.6-3.100-1.600M12 6v12',
  medal: 'M12 15a5 5 0 1 0 0-10 5 5 0 0 0 0 10zM9 14l-1.500 7 4.500-2.500 4.500 2.500L15 14',
  check: 'M4.500 12.500l5 5L19.500 7',
  people:
    'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c.5-3.600 3-5.500 6.500-5.500s6 1.900 6.500 5.500M16 4.500a3.500 3.500 0 0 1 0 6.300M18 15c2 .7 3.200 2.400 3.500 5',
  rise: 'M4 17l6-6 4 4 6-8M15 7h5v5',
  pulse: 'M3 12h4l2.500-7 5 14L17 12h4',
  wrench:
    'M14.700 6.300a4 4 0 0 0-5.300 5L3.500 17.200a2 2 0 0 0 2.800 2.800l6-5.900a4 4 0 0 0 5-5.300L14.800 11.300l-2.300-.3-.3-2.300z',
  list: 'M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01',
  play: 'M8 5l11 7-11 7z',
  pause: 'M8 5v14M16 5v14',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.500 2',
  home: 'M4 11l8-7 8 7M6 9.500V20h12V9.500M10 20v-6h4v6',
  menu: 'M4 7h16M4 12h16M4 17h16',
  close: 'M6 6l12 12M18 6L6 18',
  warning: 'M12 4L2.500 20h19zM12 10v4.500M12 17.500h.01',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.500M12 7.500h.01',
  leave: 'M14 4H6a1 1 0 0 0-1 1v14a1 1 0 0 0 1 1h8M10 12h11M17.500 8l4 4-4 4',
  lock: 'M6 11h12a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-8a1 1 0 0 1 1-1zM8 11V8a4 4 0 0 1 8 0v3',
  ball: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 8l3.800 2.800-1.400 4.400H9.600l-1.400-4.400zM12 3v5M20.600 9.500l-4.800 1.300M17.300 19.300l-2.900-4.100M6.700 19.300l2.900-4.100M3.400 9.500l4.800 1.300',
  belt: 'M3 9h18v4H3zM10 9v4M14 9v4M11 13l-2.500 7M13 13l2.500 7',
  briefcase:
    'M4 8h16a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1zM9 8V5h6v3M3 13.500h18',
  whistle:
    'M9 20a6 6 0 1 0-5.800-7.500M3.200 12.500A6 6 0 0 0 9 20a6 6 0 0 0 6-6l6-3V8H9a6 6 0 0 0-5.800 4.500zM12 4v1.500M7 4.500l.8 1.200M17 4.500l-.8 1.200',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l1.5 2.5h-15zM10 21.5h4',
  layers: 'M12 3.5l9 5-9 5-9-5zM3.5 13l8.5 4.7 8.5-4.7M3.5 17l8.5 4.7 8.5-4.7',
  overlap: 'M9 18a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM15 18a6 6 0 1 0 0-12 6 6 0 0 0 0 12z',
  candles: 'M7 3v3M7 16v4M17 4v4M17 15v5M4.5 6h5v10h-5zM14.5 8h5v7h-5z',
  sync: 'M20 5v5h-5M4 19v-5h5M19.5 10A8 8 0 0 0 5.5 7.5M4.5 14a8 8 0 0 0 14 2.5',
  send: 'M21 3L3 10.5l7 3.5 3.5 7zM21 3L10 14',
  download: 'M12 4v11M7.5 11l4.5 4.5 4.5-4.5M4 20h16',
  sun: 'M12 16.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M5.300 18.700l1.400-1.400M17.300 6.700l1.400-1.400',
  moon: 'M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500z',
} as const

export type IconName = keyof typeof outlines

/** Beside words, which say what it means; alone it needs an accessible name around it. */
export function Icon({
  name,
  size = 20,
}: {
  readonly name: IconName
  readonly size?: number
}): ReactNode {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={outlines[name]} />
    </svg>
  )
}
