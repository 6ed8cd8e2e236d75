import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SystemHandle } from 'etalon'

/** What the runner knows of the suites, and the report of one run of it. */
export interface RunnerRun {
  readonly code: number
  /** Its list of requirements with the claims of each. */
  readonly list: string
  readonly text: string
  readonly report: {
    readonly state: string
    readonly outcomes: readonly {
      readonly claim: string
      readonly verdict: string
      readonly proofs: readonly unknown[]
    }[]
    readonly systems: readonly { readonly requirements: readonly { readonly id: string }[] }[]
  }
  /** The same as a page. */
  readonly page: string
}

const noRun: RunnerRun['report'] = { state: 'none', outcomes: [], systems: [] }

/**
 * A copy that lies as the original does, so that it finds its packages; without a build, because
 * others are looking at the pages that it would make anew.
 */
const script = String.raw`
set -e
near=$PWD
until [ -d "$near/node_modules/etalon" ]; do near=$(dirname "$near"); done
root=$(dirname "$(cd -P "$near/node_modules" && pwd -P)")
copy="$FOLDER/systems/jeex-idea"
mkdir -p "$copy"
ln -s "$root/node_modules" "$root/packages" "$FOLDER/"
tar --exclude=node_modules --exclude=.etalon -cf - . | tar -xf - -C "$copy"
cd "$copy"
sed -i '/^  build:/d' etalon.config.ts
etalon="$FOLDER/node_modules/.bin/etalon"
"$etalon" list jeex-idea > "$FOLDER/list" &
list=$!
"$etalon" verify jeex-idea --out "$FOLDER/runs" --only $CLAIMS
wait $list
`

/** Runs claims of several suites with one command, in a copy of the system's folder. */
export async function runSuites(
  system: SystemHandle,
  claims: readonly string[],
): Promise<RunnerRun> {
  const folder = join(system.services.directory, 'runner')
  const { code, stdout, stderr } = await system.run(['bash', '-c', script], () => ({
    FOLDER: folder,
    CLAIMS: claims.join(' '),
  }))
  const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8')
  return {
    code,
    text: `${stdout}\n${stderr}`,
    list: await read('list').catch(() => ''),
    report: JSON.parse(
      await read('runs/latest/run.json').catch(() => JSON.stringify(noRun)),
    ) as RunnerRun['report'],
    page: await read('runs/latest/report.html').catch(() => ''),
  }
}
