-- Up Migration

-- The producer writes universes, bars and messages; the consumer reads them and keeps what it has
-- heard. Neither owns anything, and neither can do the other's work. Roles belong to the whole
-- cluster: another database of it may have made them already.
do $$
declare
  wanted text;
begin
  foreach wanted in array array['tickstock_producer', 'tickstock_consumer'] loop
    begin
      if not exists (select from pg_roles where rolname = wanted) then
        execute format('create role %I nologin', wanted);
      end if;
    exception
      when duplicate_object or unique_violation then null;
    end;
  end loop;
end
$$;

-- What the consumer has for itself, and what is synthetic, stand apart from the data of the market.
create schema consumer;
create schema scenario;

revoke create on schema public from public;
grant usage on schema public, scenario to tickstock_producer, tickstock_consumer;
grant usage on schema consumer to tickstock_consumer;

-- Down Migration

-- The roles stay: other databases of the cluster may use them.
revoke usage on schema public, scenario from tickstock_producer, tickstock_consumer;
revoke usage on schema consumer from tickstock_consumer;
drop schema scenario;
drop schema consumer;
