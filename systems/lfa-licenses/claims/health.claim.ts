// One instance for all of them but the one that moves the clock. First come those that look for
// violations of their own; the others clear everybody's records away before they begin.
import './health/schedule.ts'
import './health/integrity-kind.ts'
import './health/check.ts'
import './health/state.ts'
