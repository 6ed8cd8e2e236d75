// One instance for all of them: each claim works with people of its own. Those that look at
// everybody's records come first.
import './endpoint/repair.ts'
import './endpoint/health.ts'
import './endpoint/lfa-player.ts'
import './endpoint/gancuju.ts'
import './endpoint/internship.ts'
import './endpoint/coach.ts'
import './endpoint/season.ts'
import './endpoint/progress.ts'
import './endpoint/error.ts'
