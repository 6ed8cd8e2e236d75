const encryptedModes = new Set(['verify-full', 'verify-ca', 'require'])

/** Whether a connection to this URL is refused rather than made without TLS. */
export function isEncrypted(url: string): boolean {
  const { protocol, searchParams } = new URL(url)
  if (protocol.startsWith('redis')) return protocol === 'rediss:'
  // The driver takes the last of several, and another reader the first.
  const [mode = '', ...more] = searchParams.getAll('sslmode')
  return more.length === 0 && encryptedModes.has(mode)
}
