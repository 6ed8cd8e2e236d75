// The log of events comes first: it waits until every event of the instance is told.
import './database/event-log.ts'
import './database/personality.ts'
import './database/index-list.ts'
import './database/entity.ts'
import './database/fullness.ts'
import './database/summary.ts'
