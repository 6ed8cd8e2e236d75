// Claims about the pages, on one instance. A server that is killed does not tell what code it ran:
// who kills one comes first.
import './page/reconnection.ts'
import './page/panel.ts'
import './page/feed.ts'
import './page/network.ts'
import './page/interaction.ts'
import './page/state.ts'
import './page/agreement.ts'
import './page/history.ts'
import './page/memory.ts'
import './page/speed.ts'
