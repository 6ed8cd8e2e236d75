import { parser } from '@prometheus-io/lezer-promql'
import { claim, type SystemHandle } from 'etalon'
import { parse } from 'yaml'
import { meeting, setScene, type Character } from '../scene.ts'
import { textOf } from './file.ts'

const dashboards = ['observatory-service', 'observatory-system']

/** Labels that Prometheus adds. */
const scraped = ['instance', 'job']

claim('CHAR-OPS-02', async ({ system, prove }) => {
  const { owner, characters } = await setScene(system)
  const [one, other] = characters as [Character, Character]
  await owner.post('/api/v1/interactions', meeting(one, other)).expect(201)
  await owner.get(`/api/v1/characters/${one.id}`).expect(200)
  const nobody = '/api/v1/characters/00000000-0000-7000-8000-000000000000'
  await owner.get(nobody).expect(404)
  const { body: figures } = await system.anonymous.get<string>('/metrics').expect(200)
  prove('errors that are counted, by route and status', figures).matches(
    /^http_request_duration_seconds_count\{.*route="\/api\/v1\/characters\/:id".*status="404".*\} [1-9]/m,
  )
  const labels = labelsOfMetrics(figures)
  const queries = await queriesOf(system)
  prove('metrics that the service has', labels.size).isAtLeast(20)
  prove('queries of dashboards and alerts', queries.length).isAtLeast(15)
  const read = queries.map((query) => ({ query, ...namesIn(query) }))
  prove(
    'queries that are no PromQL, or ask for nothing',
    read.filter(({ isWhole, metrics }) => !isWhole || metrics.length === 0),
  ).isEmpty()
  prove(
    'queries that name a metric which is not there',
    read.filter(({ metrics }) => metrics.some((metric) => !labels.has(metric))),
  ).isEmpty()
  prove(
    'queries that name a label which their metric does not have',
    read.filter(({ metrics, labels: named }) => {
      const known = new Set([
        ...scraped,
        ...metrics.flatMap((name) => [...(labels.get(name) ?? [])]),
      ])
      return named.some((label) => !known.has(label))
    }),
  ).isEmpty()
})

/** The queries of every panel, and of every alert. */
async function queriesOf(system: SystemHandle): Promise<string[]> {
  const queries: string[] = []
  for (const name of dashboards) {
    const text = await textOf(system, `deploy/grafana/dashboards/${name}.json`)
    const { panels } = JSON.parse(text) as {
      readonly panels: readonly { readonly targets: readonly { readonly expr: string }[] }[]
    }
    queries.push(...panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)))
  }
  const { groups } = parse(await textOf(system, 'deploy/prometheus/alerts.yml')) as {
    readonly groups: readonly { readonly rules: readonly { readonly expr: string }[] }[]
  }
  return [...queries, ...groups.flatMap(({ rules }) => rules.map(({ expr }) => expr))]
}

/** Every metric of `/metrics` with the labels that its series have. */
function labelsOfMetrics(figures: string): Map<string, Set<string>> {
  const metrics = new Map<string, Set<string>>()
  for (const [, name = '', text = ''] of figures.matchAll(/^(\w+)(?:\{(.*)\})? \S+$/gm)) {
    const known = metrics.get(name) ?? new Set()
    for (const [, label = ''] of text.matchAll(/(\w+)="/g)) known.add(label)
    metrics.set(name, known)
  }
  return metrics
}

/** The metrics and labels that a query names. */
function namesIn(query: string): {
  readonly isWhole: boolean
  readonly metrics: string[]
  readonly labels: string[]
} {
  const metrics: string[] = []
  const labels: string[] = []
  let isWhole = true
  parser.parse(query).iterate({
    enter({ type, name, from, to }) {
      const text = query.slice(from, to)
      if (type.isError) isWhole = false
      if (name === 'Identifier') metrics.push(text)
      if (name === 'LabelName') labels.push(text)
    },
  })
  return { isWhole, metrics, labels }
}
