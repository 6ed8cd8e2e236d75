import { sentence } from 'page-kit'

/** `etf_broad_market` as `Broad market ETFs`, `sector_energy` as `Energy sector`. */
export function nameOfUniverse(key: string): string {
  if (key.startsWith('etf_')) return `${sentence(key.slice(4))} ETFs`
  if (key.startsWith('sector_')) return `${sentence(key.slice(7))} sector`
  return sentence(key)
}
