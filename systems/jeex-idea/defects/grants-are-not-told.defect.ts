import { defect, rebuilt } from 'etalon'

export default defect('the README does not tell that the roles have to be granted', {
  refutes: ['JEEX-OPS-02'],
  plant: rebuilt('README.md', {
    find: `psql -c 'grant jeex_app to service' -c 'grant jeex_backup to backup' "$MIGRATE_DATABASE_URL"`,
    replace: '',
  }),
})
