import { defect, sql } from 'etalon'

export default defect('the service may create tables', {
  refutes: ['JEEX-REQ-001'],
  plant: sql('grant create on schema public to jeex_app'),
})
