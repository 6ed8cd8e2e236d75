/** How large a table will be. */
export interface Forecast {
  readonly rows_expected: number
  readonly bytes_expected: number
}

/**
 * Carries the growth of the last 30 days on, in a straight line, with rows as wide as they are now.
 * An empty table is expected to stay as it is: nothing is known of its rows.
 */
export function forecast(
  table: { readonly rows: number; readonly size_bytes: number; readonly rows_of_30_days: number },
  days: number,
): Forecast {
  const { rows, size_bytes: bytes, rows_of_30_days: recent } = table
  const added = Math.round((recent * days) / 30)
  const bytesOfRow = rows === 0 ? 0 : bytes / rows
  return { rows_expected: rows + added, bytes_expected: Math.round(bytes + added * bytesOfRow) }
}
