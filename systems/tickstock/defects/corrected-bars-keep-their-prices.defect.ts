import { defect, sql } from 'etalon'

export default defect('pages go on telling the price of a bar that was corrected', {
  refutes: ['TICK-API-01'],
  plant: sql('drop trigger bars_corrected on historical_data'),
})
