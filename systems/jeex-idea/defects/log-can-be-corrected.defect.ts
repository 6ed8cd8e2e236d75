import { defect, sql } from 'etalon'

export default defect('the service may correct the audit log', {
  refutes: ['JEEX-DB-06'],
  plant: sql('grant update (after) on audit_log to jeex_app'),
})
