-- Up Migration

-- Every grant of XP to a licence, once per key; balance_after is the licence's XP after it.
create table xp_transactions (
  id bigint generated always as identity primary key,
  user_id bigint not null references users (id) on delete cascade,
  lfa_player_license_id bigint references lfa_player_licenses (id) on delete cascade,
  internship_license_id bigint references internship_licenses (id) on delete cascade,
  license_id bigint generated always as
    (coalesce(lfa_player_license_id, internship_license_id)) stored,
  source text not null,
  amount integer not null,
  balance_after integer not null,
  level_before smallint,
  level_after smallint,
  granted_by bigint references users (id) on delete set null,
  description text,
  idempotency_key text not null,
  created_at timestamptz not null default now(),
  constraint xp_transactions_idempotency_key_key unique (idempotency_key),
  constraint xp_transactions_one_license
    check (num_nonnulls(lfa_player_license_id, internship_license_id) = 1),
  constraint xp_transactions_source_known check (
    source in ('ATTENDANCE', 'QUIZ', 'PROJECT', 'COMPETITION', 'ACHIEVEMENT', 'MANUAL')
  ),
  constraint xp_transactions_amount_positive check (amount > 0),
  constraint xp_transactions_balance_not_negative check (balance_after >= 0)
);

create index xp_transactions_lfa_player_idx on xp_transactions (lfa_player_license_id, id)
  where lfa_player_license_id is not null;
create index xp_transactions_internship_idx on xp_transactions (internship_license_id, id)
  where internship_license_id is not null;
create index xp_transactions_user_idx on xp_transactions (user_id);

-- A user's xp_balance is the sum of the user's transactions, also after a licence was deleted
-- with its own. The service has no right to write it, the function runs as the owner.
create function keep_xp_balance() returns trigger
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if tg_op = 'INSERT' then
    update users set xp_balance = xp_balance + new.amount where id = new.user_id;
  else
    update users set xp_balance = xp_balance - old.amount where id = old.user_id;
  end if;
  return null;
end
$$;

create trigger xp_transactions_40_xp_balance
  after insert or delete on xp_transactions
  for each row execute function keep_xp_balance();

grant select, insert on xp_transactions to lfa_app;

-- Down Migration

drop table xp_transactions;
drop function keep_xp_balance();
update users set xp_balance = 0 where xp_balance <> 0;
