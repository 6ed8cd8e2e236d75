// One instance for all of them but the races and those that kill the service. The repair of
// everybody comes first on it, and last the achievement that every student could earn from then on.
import './coupling/race.ts'
import './coupling/atomic-update.ts'
import './coupling/bulk-repair.ts'
import './coupling/consistency.ts'
import './coupling/license-sync.ts'
import './coupling/achievement.ts'
