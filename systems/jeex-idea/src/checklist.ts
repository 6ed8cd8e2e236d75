import { loadConfig } from 'service-kit'
import { apiItems } from './checklist/api.ts'
import { backupItems } from './checklist/backup.ts'
import { databaseItems } from './checklist/database.ts'
import { documentationItems } from './checklist/documentation.ts'
import { failureItems } from './checklist/failure.ts'
import { checkItems, describeResults } from './checklist/item.ts'
import { monitoringItems } from './checklist/monitoring.ts'
import { withScene } from './checklist/scene.ts'
import { securityItems } from './checklist/security.ts'
import { checklistEnvironment } from './config.ts'

const items = [
  ...apiItems,
  ...databaseItems,
  ...monitoringItems,
  ...securityItems,
  ...backupItems,
  ...failureItems,
  ...documentationItems,
]
const results = await withScene(loadConfig(checklistEnvironment), (scene) =>
  checkItems(items, scene),
)
console.log(describeResults(results))
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1
