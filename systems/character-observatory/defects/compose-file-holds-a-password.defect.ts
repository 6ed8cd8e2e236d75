import { defect, rebuilt } from 'etalon'

export default defect('Grafana has a password that everybody knows unless another is given', {
  refutes: ['CHAR-OPS-01/compose'],
  plant: rebuilt('deploy/compose.yml', {
    find: '${GRAFANA_PASSWORD:?a password for the admin of Grafana}',
    replace: '${GRAFANA_PASSWORD:-admin}',
  }),
})
