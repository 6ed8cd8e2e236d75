import type { Random } from 'etalon'

/** The six skills of a player, as the API and the table call them. */
export const skillNames = [
  'heading_avg',
  'shooting_avg',
  'crossing_avg',
  'passing_avg',
  'dribbling_avg',
  'ball_control_avg',
] as const

/** An assessment of all six skills, and the overall average that follows from it. */
export interface Assessment {
  readonly skills: Readonly<Record<(typeof skillNames)[number], number>>
  readonly overall: number
}

/** Draws an assessment, with two decimals a skill, as the table keeps them. */
export function randomSkills(random: Random): Assessment {
  const hundredths = skillNames.map(() => random.integer(0, 10_000))
  return {
    skills: Object.fromEntries(
      skillNames.map((name, at) => [name, (hundredths[at] as number) / 100]),
    ) as Assessment['skills'],
    overall: Math.round(hundredths.reduce((sum, value) => sum + value) / 6) / 100,
  }
}
