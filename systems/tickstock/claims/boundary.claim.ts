// One instance for all of them: each looks at what happens while universes change.
import './boundary/connection.ts'
import './boundary/role.ts'
import './boundary/analysis.ts'
import './boundary/error.ts'
import './boundary/constraint.ts'
