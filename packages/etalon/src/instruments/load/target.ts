import { isIP } from 'node:net'
import { EtalonError } from '../../kernel/errors.ts'

/** Where requests go. */
export interface LoadTarget {
  readonly host: string
  readonly port: number
  readonly path: string
}

/**
 * Reads the URL of a target. Load is an attack when it goes to a machine of somebody else, so that
 * only this machine is allowed unless a host is named.
 *
 * @throws ETALON_LOAD_TARGET_INVALID for what is not an http URL
 * @throws ETALON_LOAD_HOST_NOT_ALLOWED for a host that is neither loopback nor among `allowed`
 */
export function loadTarget(url: string, allowed: readonly string[] = []): LoadTarget {
  const parsed = URL.parse(url)
  if (!parsed) throw new EtalonError('ETALON_LOAD_TARGET_INVALID', { url, problem: 'no URL' })
  if (parsed.protocol !== 'http:') {
    const problem = `${parsed.protocol} instead of http:`
    throw new EtalonError('ETALON_LOAD_TARGET_INVALID', { url, problem })
  }
  const host = parsed.hostname.replace(/^\[(.*)\]$/, '$1')
  if (!isLoopback(host) && !allowed.includes(host)) {
    throw new EtalonError('ETALON_LOAD_HOST_NOT_ALLOWED', { host })
  }
  const port = parsed.port === '' ? 80 : Number(parsed.port)
  return {
    host: host === 'localhost' ? '127.0.0.1' : host,
    port,
    path: parsed.pathname + parsed.search,
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}
