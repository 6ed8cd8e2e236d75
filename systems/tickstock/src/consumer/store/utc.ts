/** SQL that writes an instant as answers have it, for what a statement gives as JSON. */
export function utc(instant: string): string {
  return `to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}
