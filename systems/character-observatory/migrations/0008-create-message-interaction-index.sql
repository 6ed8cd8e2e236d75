-- Up Migration

-- Each interaction that goes takes its messages along: without it, each is looked for among all.
create index idx_message_interaction on messages (interaction_id);

-- Down Migration

drop index idx_message_interaction;
