// The page works without this: it narrows down, opens, copies and remembers.
const all = (selector, root = document) => [...root.querySelectorAll(selector)]
const one = (selector, root = document) => root.querySelector(selector)

const lines = all('tr.line').map((row) => {
  const next = row.nextElementSibling
  return {
    row,
    id: row.id,
    toggle: one('button.badge', row),
    evidence: next?.classList.contains('evidence') ? next : undefined,
    state: row.dataset.state,
    tier: row.dataset.tier,
    text: row.textContent.toLowerCase(),
  }
})
const lineOf = new Map(lines.map((line) => [line.row, line]))
const form = one('form.filter')
const search = one('input[type=search]')
const chips = all('[data-filter-state], [data-filter-tier]')
const expand = one('[data-expand]')

// Opening

function open(line, wanted) {
  if (!line.evidence) return
  line.evidence.hidden = !wanted
  line.toggle.setAttribute('aria-expanded', String(wanted))
}

function isOpen(line) {
  return line.evidence !== undefined && !line.evidence.hidden
}

function shownLines() {
  return lines.filter(({ row }) => !row.classList.contains('out'))
}

function labelExpand() {
  const closed = shownLines().some((line) => line.evidence && !isOpen(line))
  expand.textContent = closed ? 'Open evidence' : 'Close evidence'
  return closed
}

document.addEventListener('click', (event) => {
  const row = event.target.closest('tr.line')
  const line = row && lineOf.get(row)
  if (!line || event.target.closest('a')) return
  const selecting = String(getSelection()) !== '' && !event.target.closest('button')
  if (selecting) return
  open(line, !isOpen(line))
  labelExpand()
})

expand.addEventListener('click', () => {
  const wanted = labelExpand()
  for (const line of shownLines()) open(line, wanted)
  labelExpand()
})

// Filter

function chosen(kind) {
  return chips
    .filter((chip) => chip.getAttribute('aria-pressed') === 'true')
    .map((chip) => chip.dataset[kind])
    .filter((value) => value !== undefined)
}

function filter() {
  const query = search.value.trim()
  return { states: chosen('filterState'), tiers: chosen('filterTier'), query }
}

function setFilter({ states, tiers, query }) {
  search.value = query
  for (const chip of chips) {
    const { filterState, filterTier } = chip.dataset
    const pressed = states.includes(filterState) || tiers.includes(filterTier)
    chip.setAttribute('aria-pressed', String(pressed))
  }
  applyFilter()
}

function applyFilter() {
  const { states, tiers, query } = filter()
  const words = query.toLowerCase().split(/\s+/)
  const active = states.length + tiers.length > 0 || query !== ''
  let count = 0
  for (const line of lines) {
    const shown =
      (states.length === 0 || states.includes(line.state)) &&
      (tiers.length === 0 || tiers.includes(line.tier)) &&
      words.every((word) => line.text.includes(word))
    if (shown) count += 1
    line.row.classList.toggle('out', !shown)
    line.evidence?.classList.toggle('out', !shown)
  }
  for (const part of all('main .part, main .requirements')) {
    part.classList.toggle('out', active && !one('tr.line:not(.out)', part))
  }
  for (const part of all('main .prose, .appendices')) part.classList.toggle('out', active)
  one('.nothing').hidden = count > 0
  for (const button of all('[data-clear]')) button.hidden = !active
  const total = lines.length === 1 ? '1 requirement' : `${lines.length} requirements`
  one('output', form).textContent = active ? `${count} of ${total}` : total
  labelExpand()
}

const nothing = { states: [], tiers: [], query: '' }

for (const chip of chips) {
  chip.addEventListener('click', () => {
    const pressed = chip.getAttribute('aria-pressed') === 'true'
    chip.setAttribute('aria-pressed', String(!pressed))
    applyFilter()
    writeAddress('')
  })
}
for (const button of all('[data-clear]')) {
  button.addEventListener('click', () => {
    setFilter(nothing)
    writeAddress('')
  })
}
search.addEventListener('input', () => {
  applyFilter()
  writeAddress('')
})
form.addEventListener('submit', (event) => event.preventDefault())

// Address: #<line or heading>?state=…&tier=…&q=…

function writeAddress(target) {
  const { states, tiers, query } = filter()
  const parameters = new URLSearchParams()
  if (states.length > 0) parameters.set('state', states.join(','))
  if (tiers.length > 0) parameters.set('tier', tiers.join(','))
  if (query !== '') parameters.set('q', query)
  const search = String(parameters).replaceAll('%2C', ',')
  try {
    const hash = target + (search === '' ? '' : `?${search}`)
    history.replaceState(null, '', hash === '' ? location.pathname + location.search : `#${hash}`)
  } catch {
    // A sandboxed frame may not change its address; the filter works all the same.
  }
}

function readAddress() {
  const [target, parameters] = decoded(location.hash.slice(1)).split('?')
  if (parameters !== undefined) {
    const read = new URLSearchParams(parameters)
    const list = (name) => (read.get(name) ?? '').split(',').filter(Boolean)
    setFilter({ states: list('state'), tiers: list('tier'), query: read.get('q') ?? '' })
  }
  const found = target === '' ? null : document.getElementById(target)
  if (!found) return
  if (found.closest('.out')) setFilter(nothing)
  const line = lineOf.get(found)
  if (line) arrive(line)
  found.scrollIntoView()
  if (parameters === undefined) writeAddress(target)
}

function decoded(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function arrive(line) {
  for (const row of all('.arrived')) row.classList.remove('arrived')
  line.row.classList.add('arrived')
  open(line, true)
  labelExpand()
}

addEventListener('hashchange', readAddress)

// Keyboard

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  if (event.key === 'Escape' && event.target === search) {
    search.value = ''
    applyFilter()
    writeAddress('')
    search.blur()
  }
  if (event.target.closest('input, textarea')) return
  if (event.key === '/') {
    event.preventDefault()
    search.focus()
    search.select()
  }
  if (event.key === 'j') step(1)
  if (event.key === 'k') step(-1)
})

function step(by) {
  const shown = shownLines()
  const row = document.activeElement.closest('tr.line, tr.evidence')
  const current = shown.findIndex((line) => line.row === row || line.evidence === row)
  const next = shown[current === -1 ? (by > 0 ? 0 : shown.length - 1) : current + by]
  if (next) (next.toggle ?? one('a', next.row)).focus()
}

// Copying

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-copy]')
  if (button) void copy(button)
})

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy)
    button.textContent = 'Copied'
  } catch {
    // Where the clipboard is closed, the command is selected for copying by hand.
    getSelection().selectAllChildren(one('code', button.parentElement))
    button.textContent = 'Selected'
  }
  setTimeout(() => (button.textContent = 'Copy'), 2_000)
}

// Light and dark

const root = document.documentElement
const theme = one('[data-theme-toggle]')
const system = matchMedia('(prefers-color-scheme: dark)')
const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : system.matches)
const labelTheme = () => (theme.textContent = isDark() ? 'Light' : 'Dark')

try {
  const kept = localStorage.getItem('etalon-theme')
  if (kept === 'light' || kept === 'dark') root.dataset.theme = kept
} catch {
  // Pages opened from a file may have no storage; the choice then lasts as long as the page.
}
theme.addEventListener('click', () => {
  root.dataset.theme = isDark() ? 'light' : 'dark'
  labelTheme()
  try {
    localStorage.setItem('etalon-theme', root.dataset.theme)
  } catch {
    // As above.
  }
})
system.addEventListener('change', labelTheme)
labelTheme()
theme.hidden = false

// Contents: closed on narrow screens, and marking where the reader is

const narrow = matchMedia('(max-width: 68rem)')
const foldContents = () => (one('.contents').open = !narrow.matches)
narrow.addEventListener('change', foldContents)
foldContents()

const links = new Map(all('.contents a').map((link) => [link.hash.slice(1), link]))
const watcher = new IntersectionObserver(
  (entries) => {
    const entered = entries.findLast(({ isIntersecting }) => isIntersecting)
    const link = entered && links.get(encodeURI(entered.target.id))
    if (!link) return
    for (const marked of links.values()) marked.removeAttribute('aria-current')
    link.setAttribute('aria-current', 'true')
  },
  { rootMargin: '0px 0px -70% 0px' },
)
for (const heading of all('main :is(h2, h3, h4)[id]')) watcher.observe(heading)

const measureBar = () => {
  const sticky = getComputedStyle(form).position === 'sticky'
  root.style.setProperty('--bar-height', `${sticky ? form.offsetHeight : 0}px`)
}
form.hidden = false
new ResizeObserver(measureBar).observe(form)
measureBar()
applyFilter()
readAddress()
