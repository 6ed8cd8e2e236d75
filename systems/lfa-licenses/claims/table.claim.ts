// One instance for the tables and the levels that they keep: each claim works on rows and with people
// of its own. First come the one that finds the instance fresh, the one that looks at everybody's
// records and those that try to rewrite everybody's history; last come ladders and the crowd, which
// all after them would meet.
import './table/clean-state.ts'
import './table/integrity.ts'
import './level/history.ts'
import './table/audit.ts'
import './table/license.ts'
import './table/dated-license.ts'
import './table/legacy-license.ts'
import './table/semester.ts'
import './table/user.ts'
import './table/xp.ts'
import './table/progress.ts'
import './table/trigger.ts'
import './level/internship.ts'
import './level/promotion.ts'
import './level/certification.ts'
import './level/switch.ts'
import './table/active-license-view.ts'
import './table/ladder.ts'
import './table/index-plan.ts'
