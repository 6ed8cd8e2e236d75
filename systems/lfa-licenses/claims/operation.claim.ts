// What it takes to run the service: its start and end, its migrations, its rollouts.
import './operation/readiness.ts'
import './operation/migration.ts'
import './operation/canary.ts'
