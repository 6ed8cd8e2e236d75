// What is held against another revision comes first, while both are equally old and hold the same;
// the 20,000 companies of the synchronization come last.
import './performance/regression.ts'
import './performance/expansion.ts'
import './performance/validation.ts'
import './performance/query.ts'
import './performance/scenario.ts'
import './performance/delivery.ts'
import './performance/synchronization.ts'
