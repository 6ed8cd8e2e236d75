import { defect, sql } from 'etalon'

export default defect('every update of progress makes a ranking', {
  refutes: ['LFA-PERF-09'],
  plant: sql(
    `create function make_ranking() returns trigger language plpgsql as $$
     begin
       perform pg_sleep(0.08);
       return new;
     end $$`,
    `create trigger ranking before update on specialization_progress
     for each row execute function make_ranking()`,
  ),
})
