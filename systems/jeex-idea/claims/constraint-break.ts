import type { Table, Values } from './table-row.ts'

const nobody = `'00000000-0000-7000-8000-000000000000'`
const ended = { completed_at: 'now()', duration_ms: '1' }

/** For each constraint of the schema the values with which a row breaks that one. */
export const breaks: Readonly<Record<string, readonly [table: Table, values: Values]>> = {
  users_pkey: ['users', { id: '$owner' }],
  users_email_key: ['users', { email: `(select email from users where id = $owner)` }],
  users_role: ['users', { role: `'admin'` }],
  users_session_epoch: ['users', { session_epoch: '-1' }],
  idempotency_keys_pkey: [
    'idempotency_keys',
    {
      actor: `(select actor from idempotency_keys limit 1)`,
      key: `(select key from idempotency_keys limit 1)`,
    },
  ],
  job_schedules_pkey: ['job_schedules', { name: `(select name from job_schedules limit 1)` }],
  projects_pkey: ['projects', { id: '$project' }],
  projects_created_by_fkey: ['projects', { created_by: nobody }],
  projects_current_step: ['projects', { current_step: '5' }],
  projects_language: ['projects', { language: `'e'` }],
  projects_name: ['projects', { name: `''` }],
  projects_status: ['projects', { status: `'deleted'` }],
  audit_log_pkey: ['audit_log', { id: `(select id from audit_log limit 1)` }],
  audit_log_project_id_fkey: ['audit_log', { project_id: nobody }],
  document_versions_pkey: [
    'document_versions',
    { id: `(select id from document_versions limit 1)` },
  ],
  document_versions_content: ['document_versions', { content: `''` }],
  document_versions_created_by_fkey: ['document_versions', { created_by: nobody }],
  document_versions_grammar: ['document_versions', { grammar_score: '100.01' }],
  document_versions_project_fkey: ['document_versions', { owner_id: nobody }],
  document_versions_readability: ['document_versions', { readability_score: '-0.01' }],
  document_versions_type: ['document_versions', { document_type: `'poem'` }],
  document_versions_version: ['document_versions', { version: '0' }],
  document_versions_version_key: ['document_versions', { version: '1' }],
  agent_executions_pkey: ['agent_executions', { id: '$execution' }],
  agent_executions_attempt: ['agent_executions', { attempt: '0' }],
  agent_executions_cost: ['agent_executions', { cost: '-1' }],
  agent_executions_duration: [
    'agent_executions',
    { status: `'failed'`, ...ended, duration_ms: '-1' },
  ],
  agent_executions_end: ['agent_executions', { status: `'completed'` }],
  agent_executions_parent_fkey: ['agent_executions', { parent_execution_id: nobody }],
  agent_executions_project_fkey: ['agent_executions', { project_id: nobody }],
  agent_executions_retry_fkey: ['agent_executions', { retry_of: nobody }],
  agent_executions_retry_key: ['agent_executions', { retry_of: '$execution' }],
  agent_executions_status: ['agent_executions', { status: `'lost'` }],
  agent_executions_tokens: ['agent_executions', { tokens_in: '-1', tokens_out: '1' }],
  agent_executions_type: ['agent_executions', { agent_type: `'poet'` }],
  execution_days_pkey: [
    'execution_days',
    {
      day: `(now() at time zone 'UTC')::date`,
      share: `(select share from execution_days where project_id = $project limit 1)`,
    },
  ],
  execution_days_project_fkey: ['execution_days', { project_id: nobody }],
  exports_pkey: ['exports', { id: `(select id from exports limit 1)` }],
  exports_created_by_fkey: ['exports', { created_by: nobody }],
  exports_download_count: ['exports', { download_count: '-1' }],
  exports_file: ['exports', { status: `'completed'` }],
  exports_project_fkey: ['exports', { owner_id: nobody }],
  exports_size: ['exports', { size_bytes: '-1' }],
  exports_status: ['exports', { status: `'lost'` }],
  backups_pkey: ['backups', { id: '$backup', status: `'failed'` }],
  backups_base: ['backups', { status: `'failed'`, kind: `'incremental'` }],
  backups_base_id_fkey: ['backups', { status: `'failed'`, kind: `'incremental'`, base_id: nobody }],
  backups_file: ['backups', { status: `'completed'` }],
  backups_kind: ['backups', { status: `'failed'`, kind: `'half'` }],
  backups_one_running: ['backups', {}],
  backups_status: ['backups', { status: `'lost'` }],
}

/**
 * Keys that a primary key holds already; they are there to be pointed at by two columns together.
 */
export const impliedKeys = ['projects_owner_key', 'agent_executions_in_project_key']
