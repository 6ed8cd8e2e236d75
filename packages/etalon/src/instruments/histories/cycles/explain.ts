import type { Anomaly, Dependence } from './anomaly.ts'
import type { NamedCycle } from './classify.ts'
import type { Link } from './search.ts'
import { bitOf, dependencies, type Dependency } from './transaction.ts'

/** How a transaction changes what is kept under a key, as a verb: `appended to`, `wrote`. */
export type Verb = 'appended to' | 'wrote'

/** A cycle as data that explains itself: every step with the reason why it is there. */
export function explain(
  { kind, needs, links, isGravest }: NamedCycle,
  keys: readonly string[],
  verb: Verb,
): Anomaly {
  const cycle = links.map((link) => dependenceOf(link, keys, verb))
  const named = new Set(cycle.map(({ key }) => key).filter((key) => key !== undefined))
  return {
    kind,
    needs,
    transactions: cycle.map(({ from }) => from),
    key: named.size === 1 ? [...named][0] : undefined,
    because: isGravest
      ? ''
      : 'the search was cut short, so one with a single anti-dependency may be there too',
    cycle,
  }
}

function dependenceOf(link: Link, keys: readonly string[], verb: Verb): Dependence {
  const dependency = dependencies.find((name) => bitOf[name] === link.kind) as Dependency
  const key = keys[link.key]
  return {
    from: link.source,
    to: link.target,
    dependency,
    key,
    because: reasonOf(dependency, link, `${verb} ${key ?? ''}`, key ?? ''),
  }
}

function reasonOf(
  dependency: Dependency,
  { source, target }: Link,
  changed: string,
  key: string,
): string {
  const reasons: Readonly<Record<Dependency, string>> = {
    ww: `T${target} ${changed} after T${source} did`,
    wr: `T${target} read ${key} as T${source} left it`,
    rw: `T${source} read ${key} as it was before T${target} ${changed}`,
    session: `T${source} came before T${target} in their session`,
    realtime: `T${source} had ended before T${target} began`,
  }
  return reasons[dependency]
}
