import './graph/agreement.ts'
import './graph/integration.ts'
import './graph/network.ts'
import './graph/way.ts'
