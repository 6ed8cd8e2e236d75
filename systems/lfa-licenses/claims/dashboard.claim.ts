// One instance for all of them: each clears everybody's records away before it begins.
import './dashboard/overview.ts'
import './dashboard/check.ts'
import './dashboard/refresh.ts'
