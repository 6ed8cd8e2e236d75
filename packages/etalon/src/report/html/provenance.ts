import type { ClaimOutcome } from '../../evidence/claim-outcome.ts'
import type { Seal } from '../../evidence/seal.ts'
import { formatDuration, formatQuantity } from '../../kernel/units.ts'
import { markup, type Content, type Markup } from './markup.ts'

/** Where a verdict comes from and how to see it again. */
export function provenance(outcome: ClaimOutcome): Markup {
  const { replay, evidence, seal, seed, durationMs, file, isolation } = outcome
  const command = `npx ${replay}`
  return markup`<div class="replay"><span class="label">Replay</span><code>${command}</code>
<button type="button" class="copy" data-copy="${command}">Copy</button></div>
<dl class="facts">${fact('seed', markup`<code>${seed}</code>`)}
${fact('took', `${formatDuration(durationMs)}, ${isolation}`)}
${fact('claim', file)}
${seal && sealedLog(`${evidence}/evidence.ndjson`, seal)}</dl>`
}

function sealedLog(log: string, { sha256, sizeBytes }: Seal): Content {
  const size = formatQuantity(sizeBytes, 'bytes')
  return [
    fact('evidence', markup`<a href="./${encodeURI(log)}">${log}</a>`),
    fact('seal', markup`<code>sha256:${sha256}</code> over ${size}`),
  ]
}

function fact(name: string, value: Content): Markup {
  return markup`<div><dt>${name}</dt><dd>${value}</dd></div>\n`
}
