import { defect, sql } from 'etalon'

export default defect('synthetic bars are copied among those of the market', {
  refutes: ['TICK-SCN-01'],
  plant: sql(
    'alter table historical_data drop constraint historical_data_live',
    `create function copy_bars() returns trigger language plpgsql security definer as $$
     begin
       insert into historical_data select symbol, date, open, high, low, close, volume from added;
       return null;
     end
     $$`,
    `create trigger copies_bars after insert on scenario.bars
       referencing new table as added for each statement execute function copy_bars()`,
  ),
})
