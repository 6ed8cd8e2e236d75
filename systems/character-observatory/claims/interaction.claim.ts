import './interaction/lifecycle.ts'
import './interaction/overspending.ts'
