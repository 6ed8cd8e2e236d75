// One instance for all of them but the one that moves the clock: each claim works with people of
// its own. The crowd of the unified view comes last.
import './specialization/crossing.ts'
import './specialization/independence.ts'
import './specialization/journey.ts'
import './specialization/journey-expiry.ts'
import './specialization/data.ts'
