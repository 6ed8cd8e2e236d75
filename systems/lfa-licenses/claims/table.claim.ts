// One instance for all of them: each claim works on rows of its own. First come the one that finds
// the instance fresh and the one that looks at everybody's records, last come ladders and the
// crowd, which all after them would meet.
import './table/clean-state.ts'
import './table/integrity.ts'
import './table/audit.ts'
import './table/license.ts'
import './table/dated-license.ts'
import './table/legacy-license.ts'
import './table/semester.ts'
import './table/user.ts'
import './table/xp.ts'
import './table/progress.ts'
import './table/trigger.ts'
import './table/active-license-view.ts'
import './table/ladder.ts'
import './table/index-plan.ts'
