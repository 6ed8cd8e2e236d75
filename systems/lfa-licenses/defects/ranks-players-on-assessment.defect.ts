import { defect, sql } from 'etalon'

export default defect('every assessment compares the player with all the others', {
  refutes: ['LFA-T-17'],
  plant: sql(
    `create function rank_player() returns trigger language plpgsql as $$
     begin
       perform count(*) filter (where overall_avg > new.heading_avg),
         percentile_disc(0.5) within group (order by overall_avg)
       from lfa_player_licenses;
       return new;
     end $$`,
    `create trigger lfa_player_licenses_50_rank before update on lfa_player_licenses
     for each row execute function rank_player()`,
  ),
})
