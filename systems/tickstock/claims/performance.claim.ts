// What is held against a baseline comes second, as when that was kept: services that have worked
// are faster. The 20,000 companies of the synchronization come last.
import './performance/expansion.ts'
import './performance/regression.ts'
import './performance/validation.ts'
import './performance/query.ts'
import './performance/scenario.ts'
import './performance/delivery.ts'
import './performance/synchronization.ts'
