import { defect, sql } from 'etalon'

export default defect('one grant raises an internship by one level at most', {
  refutes: ['LFA-LVL-05'],
  plant:
    sql(`create or replace function set_internship_level() returns trigger language plpgsql as $$
    begin
      select max(level) into strict new.current_level from spec_levels
      where ladder_id = 'INTERNSHIP' and version = new.ladder_version
        and required_xp <= new.total_xp and level <= coalesce(old.current_level, 0) + 1;
      return new;
    end
    $$`),
})
