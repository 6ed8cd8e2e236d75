import './operation/compose.ts'
import './operation/document.ts'
import './operation/image.ts'
import './operation/monitoring.ts'
