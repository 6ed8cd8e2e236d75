import type { ClaimOutcome } from '../../evidence/claim-outcome.ts'
import { markup, type Content, type Markup } from './markup.ts'

/** The files that instruments kept beside the evidence: pictures shown, others linked. */
export function attachmentsOf({ attachments, evidence }: ClaimOutcome): Content {
  if (attachments.length === 0) return undefined
  const pictures = attachments.filter(isPicture)
  const others = attachments.filter((name) => !isPicture(name))
  const addressOf = (name: string): string => `./${encodeURI(`${evidence}/${name}`)}`
  return markup`<div class="attachments"><p class="label">Kept beside the evidence</p>
${pictures.map((name) => picture(name, addressOf(name)))}
${others.map((name) => markup`<a href="${addressOf(name)}">${name}</a> `)}</div>`
}

function isPicture(name: string): boolean {
  return /\.(png|svg)$/.test(name)
}

function picture(name: string, address: string): Markup {
  return markup`<figure><a href="${address}"><img src="${address}" alt="${name}" loading="lazy"></a>
<figcaption>${name}</figcaption></figure>`
}
