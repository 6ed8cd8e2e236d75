import { sentence } from 'page-kit'

/** `etf_broad_market` as `Broad market ETFs`, `large_cap` as `Large cap`. */
export function nameOfUniverse(key: string): string {
  return key.startsWith('etf_') ? `${sentence(key.slice(4))} ETFs` : sentence(key)
}
