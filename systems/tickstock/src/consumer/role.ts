/** Viewers look at universes and notices; operators also at runs and messages. */
export const roles = ['viewer', 'operator'] as const

export type Role = (typeof roles)[number]
