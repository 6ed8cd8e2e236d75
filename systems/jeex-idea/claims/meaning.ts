/** What the numbers of the report mean, in words that the row of each has to hold. */
export const meanings: Readonly<Record<string, RegExp>> = {
  'JEEX-REQ-001': /PostgreSQL 18.*rights/,
  'JEEX-REQ-002': /schema is complete/,
  'JEEX-REQ-003': /migration can be undone/,
  'JEEX-REQ-004': /pool keeps 20 connections and overflows by 30/,
  'JEEX-REQ-005': /alert fires/,
  'JEEX-REQ-006': /another user's project/,
  'JEEX-REQ-007': /backup restored/,
  'JEEX-REQ-008': /quer(y|ies).*indexes/,
  'JEEX-PERF-001': /fast.*P95 < 100 ms, P99 < 500 ms/,
  'JEEX-PERF-002': /ten users/,
  'JEEX-SEC-001': /keeps projects apart/,
  'JEEX-SEC-002': /Bodies of any shape/,
  'JEEX-SEC-003': /connection without TLS/,
  'JEEX-REL-001': /available.*99\.9 %/,
  'JEEX-REL-002': /damaged backup/,
  'JEEX-REL-003': /After every fault/,
  // Of the published code, where PERF-002 is the time to get a connection.
  'JEEX-PERF-021': /connection is had quickly.*< 10 ms.*< 5 %/,
}
