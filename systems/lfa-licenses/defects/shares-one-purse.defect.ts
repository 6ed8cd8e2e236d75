import { defect, sql } from 'etalon'

export default defect('the two licences of a user share one balance', {
  refutes: ['LFA-CRD-02'],
  plant: sql(
    `create function share_balance() returns trigger language plpgsql security definer as $$
    begin
      update internship_licenses set credit_balance = new.credit_balance
      where user_id = new.user_id;
      return null;
    end
    $$`,
    `create trigger lfa_player_licenses_40_share_balance
      after update of credit_balance on lfa_player_licenses
      for each row execute function share_balance()`,
  ),
})
