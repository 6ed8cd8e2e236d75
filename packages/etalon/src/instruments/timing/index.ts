export {
  createTiming,
  type Compared,
  type CompareOptions,
  type RepeatOptions,
  type Timed,
  type TimedOperation,
  type Timing,
} from './timing.ts'
