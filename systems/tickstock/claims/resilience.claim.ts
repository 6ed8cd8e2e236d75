// Each of these disturbs an instance of its own, or is over before the next one begins.
import './resilience/database-killed.ts'
import './resilience/redis-killed.ts'
import './resilience/memory-pressure.ts'
import './resilience/transaction.ts'
import './resilience/part.ts'
