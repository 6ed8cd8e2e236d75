/** How far an internship has come. */
export const programmeStatuses = ['in_progress', 'awaiting_capstone', 'completed'] as const

export type ProgrammeStatus = (typeof programmeStatuses)[number]

/** XP at which the programme is done, but for the approval of the capstone. */
export const programmeXp = 22_500

/** There is no level above 8: the last step is an approval. */
export function programmeStatus(totalXp: number, capstoneApprovedAt: Date | null): ProgrammeStatus {
  if (totalXp < programmeXp) return 'in_progress'
  return capstoneApprovedAt === null ? 'awaiting_capstone' : 'completed'
}
