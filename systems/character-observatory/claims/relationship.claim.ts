import './relationship/progress.ts'
import './relationship/race.ts'
