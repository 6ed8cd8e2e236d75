import { sentence } from 'page-kit'
import { strengthText } from '../relationship/strength-text.ts'
import type { NetworkState } from './network-view.ts'

/** A character of the graph in a sentence: its energy, and whom it stands closest to. */
export function nodeText(
  id: string,
  { characters, links }: Pick<NetworkState, 'characters' | 'links'>,
): string {
  const nameOf = (which: string): string => characters.find((one) => one.id === which)?.name ?? '?'
  const character = characters.find((one) => one.id === id)
  if (character === undefined) return ''
  const own = links.filter(({ a, b }) => a === id || b === id)
  const energy = `${character.name}, energy ${Math.round(character.social_energy * 100)} %`
  const [first] = own.toSorted((a, b) => Math.abs(b.strength) - Math.abs(a.strength))
  if (first === undefined) return `${energy}, knows nobody yet`
  const other = nameOf(first.a === id ? first.b : first.a)
  const strength = strengthText(first.strength)
  return `${energy}, knows ${own.length}; ${other}: ${sentence(first.type).toLowerCase()}, ${strength}`
}
