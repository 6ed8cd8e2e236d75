// Measured with nothing beside them, on one instance. The crowds of the figures come last, because
// a check of everybody would meet them.
import './performance/load.ts'
import './performance/latency.ts'
