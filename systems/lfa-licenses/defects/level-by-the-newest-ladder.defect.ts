import { defect, sql } from 'etalon'

export default defect('an internship is levelled by the newest ladder and not by its own', {
  refutes: ['LFA-ENT-03'],
  plant: sql(
    `create or replace function set_internship_level() returns trigger language plpgsql as $$
     begin
       select max(s.level) into strict new.current_level
       from spec_levels s join ladders l on l.id = s.ladder_id and l.current_version = s.version
       where l.id = 'INTERNSHIP' and s.required_xp <= new.total_xp;
       return new;
     end
     $$`,
  ),
})
