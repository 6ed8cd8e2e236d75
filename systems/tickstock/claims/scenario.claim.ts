// One instance for all of them: each loads scenarios under a suffix of its own. The last one takes
// all test data away.
import './scenario/generator.ts'
import './scenario/isolation.ts'
import './scenario/pattern.ts'
import './scenario/minute.ts'
import './scenario/command.ts'
import './scenario/cost.ts'
import './scenario/cleanup.ts'
