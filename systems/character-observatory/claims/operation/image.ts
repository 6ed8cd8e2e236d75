import { DockerfileParser, type Copy, type Dockerfile, type Run } from 'dockerfile-ast'
import { validate } from 'dockerfile-utils'
import { claim } from 'etalon'
import { missingOf, textOf } from './file.ts'

claim('CHAR-OPS-01', async ({ system: handle, prove }) => {
  const text = await textOf(handle, 'deploy/Dockerfile')
  const file = DockerfileParser.parse(text)
  prove(
    'what is wrong with the Dockerfile',
    validate(text).map(({ message }) => message),
  ).isEmpty()
  const stages = stagesOf(file)
  prove('stages', stages.length).isAtLeast(2)
  const last = stages.at(-1)
  if (last === undefined) return
  prove('image that the last stage begins with', last.image).matches(/^debian:[a-z]+-slim$/)
  prove('commands that the last stage runs', last.runs).isEmpty()
  prove('user of the service', /^USER (\S+)/m.exec(text)?.[1]).satisfies(
    'not root',
    (user) => user !== undefined && !/^(root|0)\b/.test(user),
  )
  const whole = stages.filter(({ runs }) => !runs.some(isLean))
  const taken = last.copies.filter(({ from }) => whole.some(({ name }) => name === from))
  prove(
    'what comes from a stage that has what only building needs',
    taken.flatMap(({ sources }) => sources).filter((path) => !path.endsWith('/dist')),
  ).isEmpty()
  const copied = stages
    .flatMap(({ copies }) => copies)
    .flatMap(({ from, sources }) =>
      sources
        .map((path) => (from === undefined ? path : path.replace(/^\/app\//, '')))
        .filter((path) => !path.startsWith('/')),
    )
  prove('paths that are copied', copied.length).isAtLeast(5)
  prove('of which there is nothing', await missingOf(handle, copied)).isEmpty()
  const needs = await neededPackages(handle)
  const { dependencies } = JSON.parse(await textOf(handle, 'package.json')) as {
    readonly dependencies: Readonly<Record<string, string>>
  }
  prove('packages that the service needs', needs.length).isAtLeast(5)
  prove(
    'of which only building has',
    needs.filter((name) => dependencies[name] === undefined),
  ).isEmpty()
})

/** Whether packages are installed without those that only building and verifying need. */
const isLean = (run: string): boolean =>
  run.includes('npm pkg delete devDependencies') && run.includes('--omit=dev')

interface Stage {
  readonly name: string | null
  readonly image: string | null
  readonly runs: readonly string[]
  readonly copies: readonly { readonly from: string | undefined; readonly sources: string[] }[]
}

/** What each stage begins with, runs and copies, in order. */
function stagesOf(file: Dockerfile): Stage[] {
  const froms = file.getFROMs()
  const starts = froms.map((from) => from.getRange().start.line)
  const within = <Step extends Run | Copy>(steps: readonly Step[], index: number): Step[] =>
    steps.filter((step) => {
      const { line } = step.getRange().start
      return line > (starts[index] ?? 0) && line < (starts[index + 1] ?? Infinity)
    })
  const runs = file.getInstructions().filter((step): step is Run => step.getKeyword() === 'RUN')
  return froms.map((from, index) => ({
    name: from.getBuildStage(),
    image: from.getImage(),
    runs: within(runs, index).map((run) => run.getTextContent()),
    copies: within(file.getCOPYs(), index).map((copy) => ({
      from: copy.getFromFlag()?.getValue() ?? undefined,
      sources: copy
        .getArguments()
        .slice(0, -1)
        .map((argument) => argument.getValue()),
    })),
  }))
}

/** Names of the packages that files of `src` import, the types of packages aside. */
async function neededPackages(handle: Parameters<typeof textOf>[0]): Promise<string[]> {
  const { stdout } = await handle.run(['grep', '-rhE', "^(import|export|\\}).* from '[^.]", 'src'])
  const names = [...stdout.matchAll(/ from '((?:@[^/']+\/)?[^/']+)/g)].map(([, name]) => name)
  return [...new Set(names)].filter(
    (name): name is string => name !== undefined && !name.startsWith('node:'),
  )
}
