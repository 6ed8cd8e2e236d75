import './sync/waiting.ts'
import './sync/window.ts'
