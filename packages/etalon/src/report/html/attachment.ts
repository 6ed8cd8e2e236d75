import { readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { ClaimOutcome } from '../../evidence/claim-outcome.ts'
import { markup, trusted, type Content, type Markup } from './markup.ts'

const pictureTypes: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
}
/** Larger ones are linked: the page is one file, which is sent and kept. */
const pictureBytesMax = 512 * 1_024

/**
 * The files that instruments kept beside the evidence. Charts are in the page, as are the pictures of
 * what is not upheld: nothing but the page itself may be loaded. All others are linked.
 */
export function attachmentsOf(outcome: ClaimOutcome, directory: string): Content {
  const { attachments, evidence } = outcome
  if (attachments.length === 0) return undefined
  const files = attachments.map((name) => ({
    name,
    address: `./${encodeURI(`${evidence}/${name}`)}`,
    data: isShown(name, outcome) ? dataOf(name, join(directory, evidence)) : undefined,
  }))
  const shown = files.filter(({ data }) => data !== undefined)
  const linked = files.filter(({ data }) => data === undefined)
  return markup`<div class="attachments"><p class="label">Kept beside the evidence</p>
${shown.filter(isChart).map(chart)}
${shown.filter((file) => !isChart(file)).map(picture)}
<p class="files">${linked.map(({ name, address }) => markup`<a href="${address}">${name}</a> `)}</p></div>`
}

interface Shown {
  readonly name: string
  readonly address: string
  readonly data: string | undefined
}

function isShown(name: string, { verdict }: ClaimOutcome): boolean {
  return isChart({ name }) || verdict !== 'upheld'
}

function isChart({ name }: Pick<Shown, 'name'>): boolean {
  return extname(name) === '.svg'
}

/** A picture in the address of a picture; nothing where it is none, too large or gone. */
function dataOf(name: string, folder: string): string | undefined {
  const type = pictureTypes[extname(name)]
  if (type === undefined) return undefined
  try {
    const content = readFileSync(join(folder, name))
    if (content.length > pictureBytesMax) return undefined
    return `data:${type};base64,${content.toString('base64')}`
  } catch {
    return undefined
  }
}

/** As wide as there is room, the first of several opened. */
function chart({ name, address, data }: Shown, place: number): Markup {
  return markup`<details class="chart"${trusted(place === 0 ? ' open' : '')}>
<summary>${name.slice(0, -'.svg'.length)}</summary>
<a href="${address}"><img src="${data}" alt="Chart of ${name}" loading="lazy"></a></details>`
}

function picture({ name, address, data }: Shown): Markup {
  return markup`<figure><a href="${address}"><img src="${data}" alt="${name}" loading="lazy"></a>
<figcaption>${name}</figcaption></figure>`
}
