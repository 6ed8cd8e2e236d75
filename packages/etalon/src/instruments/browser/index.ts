export type { AccessibilityViolation } from './accessibility.ts'
export {
  createBrowser,
  type Browser,
  type BrowserIdentity,
  type BrowserOptions,
  type PageOptions,
} from './browser.ts'
export { createBrowserEngine, type BrowserEngine, type BrowserProgram } from './engine.ts'
export type { FrameFilter, Frames } from './frames.ts'
export type { MemoryGrowth } from './memory.ts'
export type { PageProblem } from './page-watch.ts'
export type { Vitals } from './vitals.ts'
