import type { IconName } from 'page-kit'
import type { Specialization } from './api.ts'

interface SpecializationFace {
  readonly name: string
  readonly icon: IconName
  /** First part of its paths in the API. */
  readonly path: string
  /** The variable of its colour. */
  readonly hue: string
  /** What it is, for who has no licence of it. */
  readonly about: string
  /** The older name under which progress is counted. */
  readonly progress: 'PLAYER' | 'INTERNSHIP' | 'COACH' | null
}

/** How each specialization is shown. */
export const faces: Readonly<Record<Specialization, SpecializationFace>> = {
  LFA_PLAYER: {
    name: 'LFA Player',
    icon: 'ball',
    path: 'lfa-player',
    hue: 'var(--player)',
    about: 'Train in seasons, have your six skills assessed, graduate with a certificate.',
    progress: null,
  },
  GANCUJU: {
    name: 'GānCuju',
    icon: 'belt',
    path: 'gancuju',
    hue: 'var(--gancuju)',
    about: 'Eight belts, earned in competitions and by teaching others.',
    progress: 'PLAYER',
  },
  INTERNSHIP: {
    name: 'Internship',
    icon: 'briefcase',
    path: 'internship',
    hue: 'var(--internship)',
    about: 'Five semesters of work in the club, from junior to principal.',
    progress: 'INTERNSHIP',
  },
  COACH: {
    name: 'Coach',
    icon: 'whistle',
    path: 'coach',
    hue: 'var(--coach)',
    about: 'Theory, practice and teaching hours towards eight certifications.',
    progress: 'COACH',
  },
}

export const skillNames = [
  ['heading_avg', 'Heading'],
  ['shooting_avg', 'Shooting'],
  ['crossing_avg', 'Crossing'],
  ['passing_avg', 'Passing'],
  ['dribbling_avg', 'Dribbling'],
  ['ball_control_avg', 'Ball control'],
] as const

/** The name of a specialization, of the older ones too. */
export function specializationName(id: string): string {
  if (id in faces) return faces[id as Specialization].name
  return { PLAYER: 'GānCuju progress' }[id] ?? id
}
