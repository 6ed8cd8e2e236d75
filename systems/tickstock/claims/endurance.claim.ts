// Measured with nothing beside it, and on one instance, whose services have been at work by then.
import './endurance/everyday.ts'
import './endurance/stress.ts'
