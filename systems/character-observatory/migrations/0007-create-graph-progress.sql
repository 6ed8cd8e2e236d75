-- Up Migration

-- How far the graph in Neo4j has followed the events of each ecosystem; null: it is to be loaded
-- anew. A row outlives its ecosystem until the graph has forgotten it too.
create table graph_progress (
  ecosystem_id uuid primary key,
  seq bigint check (seq >= 0)
);

grant select, insert, update, delete on graph_progress to observatory_app;

-- Down Migration

drop table graph_progress;
