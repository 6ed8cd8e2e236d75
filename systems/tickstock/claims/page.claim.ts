// Claims about the pages, on one instance.
import './page/universe.ts'
import './page/notice.ts'
import './page/synchronization.ts'
import './page/scenario.ts'
import './page/message.ts'
import './page/workflow.ts'
