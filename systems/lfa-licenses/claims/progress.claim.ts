// One instance for all of them: each claim works with students of its own.
import './progress/ladder.ts'
import './progress/update.ts'
import './progress/view.ts'
import './progress/workflow.ts'
import './progress/level-setting.ts'
