import { defect, sql } from 'etalon'

export default defect('a new belt raises the coach licence of the same user as well', {
  refutes: ['LFA-R-09'],
  plant: sql(
    `create function raise_coach() returns trigger language plpgsql security definer as $$
    begin
      update coach_licenses set current_level = new.current_level where user_id = new.user_id;
      return null;
    end
    $$`,
    `create trigger gancuju_licenses_40_raise_coach after update of current_level on gancuju_licenses
      for each row execute function raise_coach()`,
  ),
})
