import { defect, sql } from 'etalon'

export default defect('the highest level achieved falls with the current one', {
  refutes: ['LFA-R-10'],
  plant: sql(
    `create or replace function keep_max_achieved_level() returns trigger language plpgsql as $$
     begin
       new.max_achieved_level := new.current_level;
       return new;
     end
     $$`,
  ),
})
