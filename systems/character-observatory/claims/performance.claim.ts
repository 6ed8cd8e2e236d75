// Single requests while the ecosystem is as it was filled; the loads that add to it come after.
import './performance/feed.ts'
import './performance/single-request.ts'
import './performance/everyday.ts'
import './performance/steady.ts'
import './performance/capacity.ts'
