import { defect, sql } from 'etalon'

export default defect('a session of players is counted for the internship of the same user too', {
  refutes: ['LFA-R-04'],
  plant: sql(
    `create function count_for_internship() returns trigger language plpgsql security definer as $$
    begin
      update internship_licenses i set sessions_completed = sessions_completed + 1
      from lfa_player_enrollments e join lfa_player_licenses p on p.id = e.license_id
      where e.id = new.enrollment_id and i.user_id = p.user_id;
      return null;
    end
    $$`,
    `create trigger lfa_player_attendance_counts after insert on lfa_player_attendance
      for each row execute function count_for_internship()`,
  ),
})
