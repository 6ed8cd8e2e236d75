import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Sql } from 'etalon'
import { askRedis } from './redis-line.ts'

const run = promisify(execFile)

/** A certificate that vouches for itself, for a server at 127.0.0.1. */
export interface Certificate {
  readonly key: string
  readonly keyFile: string
  readonly certificate: string
  /** Where the certificate lies, for who is to trust it. */
  readonly file: string
}

/** Makes a certificate with the `openssl` of the machine, in a folder that is removed. */
export async function makeCertificate(directory: string, name: string): Promise<Certificate> {
  const [key, file] = [join(directory, `${name}.key`), join(directory, `${name}.crt`)]
  const subject = `-days 2 -subj /CN=${name} -addext subjectAltName=IP:127.0.0.1`
  const options = `req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 ${subject}`
  await run('openssl', [...options.split(' '), '-keyout', key, '-out', file])
  return {
    key: readFileSync(key, 'utf8'),
    keyFile: key,
    certificate: readFileSync(file, 'utf8'),
    file,
  }
}

/**
 * Has the server speak TLS with a certificate; without one it speaks none any more. The files are
 * written by the server itself, so that they are its own.
 */
export async function useCertificate(sql: Sql, given: Certificate | undefined): Promise<void> {
  if (given) {
    await writeOnServer(sql, 'etalon.key', given.key)
    await writeOnServer(sql, 'etalon.crt', given.certificate)
    await sql.run(`alter system set ssl_key_file = 'etalon.key'`)
    await sql.run(`alter system set ssl_cert_file = 'etalon.crt'`)
  }
  await sql.run(`alter system set ssl = ${given ? 'on' : 'off'}`)
  await sql.run('select pg_reload_conf()')
}

/** Has Redis speak TLS at another port, with a certificate for new connections. */
export async function useRedisCertificate(
  url: string,
  { keyFile, file }: Certificate,
  port: number,
): Promise<void> {
  const settings = {
    'tls-key-file': keyFile,
    'tls-cert-file': file,
    'tls-ca-cert-file': file,
    'tls-auth-clients': 'no',
    'tls-port': port,
  }
  const words = Object.entries(settings).flat().join(' ')
  const answer = await askRedis(url, `CONFIG SET ${words}`)
  if (!answer.startsWith('+OK')) throw new Error(`Redis speaks no TLS here: ${answer}`)
}

async function writeOnServer(sql: Sql, name: string, text: string): Promise<void> {
  const lines = text.trim().split('\n')
  // COPY takes no parameters; PEM has neither quotes nor backslashes.
  const values = lines.map((line) => `('${line}')`).join(', ')
  const directory = await sql.value<string>('show data_directory')
  // A file that COPY makes itself can be read by everybody, and the server refuses such a key.
  const program = `umask 077 && cat > "${directory}/${name}"`
  await sql.run(`copy (values ${values}) to program '${program}'`)
}
