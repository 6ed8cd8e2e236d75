// One instance for progress and its coupling with licences, but for the races and those that kill
// the service. The repair of everybody comes first on it, and last the achievement that every
// student could earn from then on. The one that moves the clock has its own.
import './coupling/race.ts'
import './coupling/atomic-update.ts'
import './coupling/bulk-repair.ts'
import './progress/ladder.ts'
import './progress/update.ts'
import './progress/view.ts'
import './progress/workflow.ts'
import './progress/level-setting.ts'
import './coupling/consistency.ts'
import './coupling/license-sync.ts'
import './coupling/achievement.ts'
import './coupling/schedule.ts'
