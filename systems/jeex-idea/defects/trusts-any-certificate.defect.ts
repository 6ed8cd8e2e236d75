import { defect, source } from 'etalon'

export default defect('the certificate of the database is not verified', {
  refutes: ['JEEX-SEC-003'],
  plant: source('../../packages/service-kit/src/postgres.ts', {
    find: `new Pool({
    connectionString: options.url,`,
    replace: `new Pool({
    connectionString: options.url.replace('sslmode=verify-full', 'sslmode=no-verify'),`,
  }),
})
