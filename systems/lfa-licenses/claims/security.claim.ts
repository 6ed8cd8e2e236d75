// One instance for all of them. Last come the attacks, which leave their texts everywhere.
import './security/right.ts'
import './security/attack.ts'
