/** How a session is held. */
export const sessionTypes = ['ON_SITE', 'VIRTUAL', 'HYBRID'] as const

export type SessionType = (typeof sessionTypes)[number]

/** What a present student did in a session. */
export interface Participation {
  readonly sessionType: SessionType
  /** XP for being there. */
  readonly baseXp: number
  /** The instructor's rating, 0 to 5. */
  readonly instructorRating: number
  /** Absent where there was no quiz. */
  readonly quizScorePercent: number | undefined
}

/** XP of one session: base, ten for each point of rating, and a quiz bonus outside ON_SITE. */
export function attendanceXp(participation: Participation): number {
  const { sessionType, baseXp, instructorRating, quizScorePercent = 0 } = participation
  const bonus = sessionType === 'ON_SITE' ? 0 : quizBonus(quizScorePercent)
  return baseXp + 10 * instructorRating + bonus
}

function quizBonus(scorePercent: number): number {
  if (scorePercent >= 90) return 150
  return scorePercent >= 70 ? 75 : 0
}
