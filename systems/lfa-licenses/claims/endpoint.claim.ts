// One instance for the endpoints and those who try to get past them: each claim works with people of
// its own. Those that look at everybody's records come first, and last the attacks, which leave
// their texts everywhere.
import './endpoint/repair.ts'
import './endpoint/health.ts'
import './endpoint/lfa-player.ts'
import './endpoint/gancuju.ts'
import './endpoint/internship.ts'
import './endpoint/coach.ts'
import './endpoint/season.ts'
import './endpoint/progress.ts'
import './endpoint/error.ts'
import './security/right.ts'
import './security/sign-out.ts'
import './security/attack.ts'
