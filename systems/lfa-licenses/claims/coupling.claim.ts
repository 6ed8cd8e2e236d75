// One instance for those that only need students of their own. The repair of everybody comes first,
// and last the achievement that every student could earn from then on.
import './coupling/race.ts'
import './coupling/atomic-update.ts'
import './coupling/bulk-repair.ts'
import './coupling/consistency.ts'
import './coupling/license-sync.ts'
import './coupling/achievement.ts'
