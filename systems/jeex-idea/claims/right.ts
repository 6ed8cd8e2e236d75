import { only, open, owned, scoped, type Rule } from 'etalon'

const latest = { 'if-match': '*' }
const project = { id: 'project' }
const document = { id: 'project', document_id: 'document' }
const execution = { id: 'project', execution_id: 'execution' }

/** Who may do what to whose things, for every operation of the service. */
export const rights: Readonly<Record<string, Rule>> = {
  'GET /health': open(),
  'GET /ready': open(),
  'GET /metrics': open(),
  'GET /database/metrics/prometheus': open(),
  'POST /auth/sign-in': open({ body: {} }),
  'POST /auth/session': open({ body: {} }),
  'GET /auth/session': open(),
  // By nobody: it would end the tokens of whoever else asks.
  'DELETE /auth/session': open({ headers: { authorization: 'none' } }),

  'GET /users/me': scoped(),
  'PUT /users/me': scoped({ body: { profile_data: {} } }),
  'POST /users': only(['operator'], { body: {} }),
  'GET /database/monitoring/dashboard': only(['operator']),
  'GET /database/health': only(['operator']),
  'GET /database/connections/metrics': only(['operator']),
  'GET /database/backup/status': only(['operator']),
  'POST /database/backup/create': only(['operator'], { body: { kind: 'incremental' } }),
  'POST /database/backup/{backup_id}/test-recovery': only(['operator'], { body: {} }),

  'GET /projects': scoped({ query: { per_page: '100' } }, (theirs) => ({
    cursor: theirs['cursor'] ?? '',
  })),
  'POST /projects': scoped({ body: { name: 'An idea' } }),
  'GET /projects/{id}': owned(project),
  'PUT /projects/{id}': owned(project, { headers: latest, body: { current_step: 2 } }),
  'DELETE /projects/{id}': owned(project, { headers: latest }),
  'GET /projects/{id}/events': owned(project),

  'GET /projects/{id}/documents': owned(project),
  'POST /projects/{id}/documents': owned(project, {
    body: { document_type: 'architecture', content: 'Another text' },
  }),
  'GET /projects/{id}/documents/latest': owned(project, {
    query: { document_type: 'architecture' },
  }),
  'GET /projects/{id}/documents/diff': owned(project, {
    query: { type: 'architecture', from: '1', to: '1' },
  }),
  'GET /projects/{id}/documents/{document_id}': owned(document),
  'PUT /projects/{id}/documents/{document_id}': owned(document, {
    headers: latest,
    body: { grammar_score: 50 },
  }),
  'DELETE /projects/{id}/documents/{document_id}': owned(document, { headers: latest }),

  'GET /projects/{id}/agents/executions': owned(project),
  'POST /projects/{id}/agents/executions': owned(
    { ...project, 'body.parent_execution_id': 'execution' },
    { body: { agent_type: 'qa_expert' } },
  ),
  'POST /projects/{id}/agents/executions/batch': owned(project, {
    body: { executions: [{ agent_type: 'qa_expert' }] },
  }),
  'GET /projects/{id}/agents/executions/{execution_id}': owned(execution),
  'PUT /projects/{id}/agents/executions/{execution_id}': owned(execution, {
    body: { tokens_in: 1 },
  }),
  'POST /agents/executions/{execution_id}/cancel': owned(
    { execution_id: 'execution' },
    { body: {} },
  ),
  'POST /agents/executions/{execution_id}/retry': owned({ execution_id: 'ended' }, { body: {} }),
  'GET /projects/{id}/agents/metrics': owned(project),

  'POST /projects/{id}/exports': owned(project, { body: {} }),
  'GET /projects/{id}/exports': owned(project),
  'GET /exports/{export_id}': owned({ export_id: 'export' }),
  'GET /exports/{export_id}/download': owned({ export_id: 'export' }),
}

/** Whose the rows of each table are. */
export const rowOwners: Readonly<Record<string, { owner: string } | { nobodys: string }>> = {
  users: { owner: 'id' },
  projects: { owner: 'created_by' },
  document_versions: { owner: 'owner_id' },
  agent_executions: { owner: 'owner_id' },
  execution_days: { owner: 'owner_id' },
  exports: { owner: 'owner_id' },
  audit_log: { owner: 'owner_id' },
  idempotency_keys: { owner: 'actor' },
  backups: { nobodys: 'what the service knows of its own backups' },
  job_schedules: { nobodys: 'when jobs are due' },
  schema_migrations: { nobodys: 'which migrations were run' },
}
