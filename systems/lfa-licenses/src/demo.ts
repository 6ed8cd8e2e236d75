import { printDemo } from 'service-kit'
import { withService } from './command.ts'
import { fillDemo } from './demo/academy.ts'

await printDemo(() => withService('lfa-demo', fillDemo))
