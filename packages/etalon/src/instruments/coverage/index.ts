export { createCoverage, type Coverage, type CoverageGround, type ReachedCode } from './coverage.ts'
export type { FileReach, Reach } from './reach.ts'
