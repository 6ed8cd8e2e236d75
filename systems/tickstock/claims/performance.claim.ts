// Small data first; the 20,000 companies of the synchronization come last.
import './performance/expansion.ts'
import './performance/query.ts'
import './performance/scenario.ts'
import './performance/delivery.ts'
import './performance/regression.ts'
import './performance/synchronization.ts'
