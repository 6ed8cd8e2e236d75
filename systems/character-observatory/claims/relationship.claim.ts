import './relationship/compatibility.ts'
import './relationship/progress.ts'
import './relationship/race.ts'
import './relationship/replay.ts'
