// Claims about the pages, on one instance.
import './page/panel.ts'
import './page/feed.ts'
import './page/network.ts'
import './page/interaction.ts'
import './page/state.ts'
import './page/reconnection.ts'
import './page/memory.ts'
import './page/speed.ts'
