// Further claims on the same instance.
import './export/expiry.ts'
import { randomUUID } from 'node:crypto'
import { claim, eventually } from 'etalon'
import { unzipSync } from 'fflate'
import { addDocument, documentTypes, type Document } from './document.ts'
import { download, madeExport, madeExports, sha256Of, type Export } from './export.ts'
import { differences } from './kept-row.ts'
import { idOf, openProject, type Listed } from './project.ts'
import { atOnce, tally, wronglyAnswered } from './refusal.ts'
import { walkByCursor, walkByPage } from './walk.ts'

const dayMs = 86_400_000
const unknownProject = '404 JEEX_PROJECT_UNKNOWN'
const unknownExport = '404 JEEX_EXPORT_UNKNOWN'
const expired = '410 JEEX_EXPORT_EXPIRED'

claim(['JEEX-API-17', 'JEEX-D-17'], async ({ system, sql, prove }) => {
  const owner = await system.actor('owner')
  const { id } = await openProject(owner)
  const path = `/projects/${id}/exports`
  const empty = await wronglyAnswered([
    ['a project without a document', '409 JEEX_EXPORT_EMPTY', owner.post(path)],
  ])
  prove('exports of nothing that were wrongly answered', empty).isEmpty()
  await addDocument(owner, id).expect(201)
  const asked = await owner.post<Export>(path).expect(202)
  const { created_at, expires_at } = asked.body
  prove('what is asked for', asked.body).holds({
    project_id: id,
    created_by: idOf(owner),
    status: 'pending',
    manifest: null,
    sha256: null,
    download_count: 0,
  })
  prove('where it will be', asked.headers['location']).equals(`/exports/${asked.body.id}`)
  prove('how long it will be there', Date.parse(expires_at) - Date.parse(created_at)).equals(dayMs)

  const headers = { 'idempotency-key': randomUUID() }
  const answers = await atOnce(20, () => owner.post<Export>(path, undefined, { headers }))
  prove('20 with one key at once', tally(answers)).equals('20 × 202')
  prove('exports of them', new Set(answers.map(({ body }) => body.id)).size).equals(1)
  const many = await madeExports(owner, id, 20)
  prove(
    'of 20 asked for at once, made',
    many.filter((each) => each.status === 'completed').length,
  ).equals(20)
  prove(
    'tries that they took',
    many.map((each) => each.attempt).filter((tries) => tries > 1),
  ).isEmpty()
  const kept = await sql.value<number>('select count(*) from exports where project_id = $1', [id])
  prove('exports that are kept', kept).equals(22)
  const wrong = await wronglyAnswered([
    ["in a stranger's name", unknownProject, (await system.actor('stranger')).post(path)],
    ['of no project', unknownProject, owner.post(`/projects/${randomUUID()}/exports`)],
    ['with a body', '422 JEEX_VALIDATION_FAILED', owner.post(path, { format: 'pdf' })],
    ['without a token', '401 JEEX_UNAUTHENTICATED', system.anonymous.post(path)],
  ])
  prove('requests that were wrongly answered', wrong).isEmpty()
})

claim('JEEX-API-18', async ({ system, random, prove }) => {
  const owner = await system.actor('owner')
  const { id } = await openProject(owner)
  const path = `/projects/${id}/exports`
  await addDocument(owner, id).expect(201)
  const ids: string[] = []
  for (let index = 0; index < 13; index += 1) {
    ids.unshift((await owner.post<Export>(path).expect(202)).body.id)
  }
  const other = await openProject(owner)
  await addDocument(owner, other.id).expect(201)
  await owner.post(`/projects/${other.id}/exports`).expect(202)
  const perPage = random.integer(2, 6)
  // Several may have been asked for in the same millisecond.
  const all = ids.toSorted((a, b) => (a < b ? 1 : -1))
  prove('all, by page', await walkByPage(owner, { path, perPage })).equals(all)
  prove('all, by cursor', await walkByCursor(owner, { path, perPage })).equals(all)
  const list = async (): Promise<Listed<Export>> =>
    (await owner.get<Listed<Export>>(path).expect(200)).body
  await eventually(
    async () => (await list()).items.every(({ status }) => status === 'completed'),
    15_000,
  )
  const { items } = await list()
  const single = await Promise.all(
    items.map(async (item) => (await owner.get<Export>(`/exports/${item.id}`)).body),
  )
  prove('items as each of them is read', items).equals(single)
  prove(
    'items that are completed',
    items.filter((item) => item.status === 'completed').length,
  ).equals(13)
  const stranger = await system.actor('stranger')
  const wrong = await wronglyAnswered([["a stranger's look", unknownProject, stranger.get(path)]])
  prove('looks that were wrongly answered', wrong).isEmpty()
})

claim('JEEX-API-19', async ({ system, sql, prove }) => {
  const owner = await system.actor('owner')
  const { id } = await openProject(owner)
  const document = (await addDocument(owner, id, { content: 'Ü\n' }).expect(201)).body
  const made = await madeExport(owner, id)
  const row = await sql.one<Record<string, unknown>>('select * from exports where id = $1', [
    made.id,
  ])
  prove('the export, told and kept', differences({ ...made }, row)).isEmpty()
  prove('where its file lies', 'file_path' in made).equals(false)
  prove('its manifest', made.manifest?.files).equals([
    {
      file: '3-architecture.md',
      type: 'architecture',
      version: document.version,
      sha256: sha256Of('Ü\n'),
    },
  ])
  const stranger = await system.actor('stranger')
  const wrong = await wronglyAnswered([
    ["a stranger's look", unknownExport, stranger.get(`/exports/${made.id}`)],
    ['an id that nobody has', unknownExport, owner.get(`/exports/${randomUUID()}`)],
    ['an id that is none', '422 JEEX_VALIDATION_FAILED', owner.get('/exports/latest')],
    ['without a token', '401 JEEX_UNAUTHENTICATED', system.anonymous.get(`/exports/${made.id}`)],
  ])
  prove('looks of 4 that were wrongly answered', wrong).isEmpty()
})

claim('JEEX-API-20', async ({ system, sql, prove }) => {
  const owner = await system.actor('owner')
  const { id } = await openProject(owner)
  await addDocument(owner, id, { content: 'x'.repeat(400_000) }).expect(201)
  const made = await madeExport(owner, id)
  const files = await atOnce(20, () => download(owner, made.id))
  const [first] = files
  prove(
    'downloads of 20 that are the file, by its checksum',
    files.filter(({ status, bytes }) => status === 200 && sha256Of(bytes) === made.sha256).length,
  ).equals(20)
  prove('its size', first?.bytes.byteLength ?? 0).equals(made.size_bytes ?? -1)
  prove('its headers', Object.fromEntries(first?.headers ?? [])).holds({
    'content-type': 'application/zip',
    'content-length': String(made.size_bytes),
    'content-disposition': `attachment; filename="export-${made.id}.zip"`,
    etag: `"${made.sha256}"`,
  })
  const count = async (): Promise<number> =>
    (await owner.get<Export>(`/exports/${made.id}`).expect(200)).body.download_count
  prove('downloads that were counted', await count()).equals(20)

  const waiting = await sql.value<string>(
    `insert into exports (project_id, owner_id, created_by, status, expires_at, updated_at)
     values ($1, $2, $2, 'processing', now() + interval '1 day', now()) returning id`,
    [id, idOf(owner)],
  )
  const file = `/exports/${made.id}/download`
  const wrong = await wronglyAnswered([
    [
      'one that is being made',
      '409 JEEX_EXPORT_UNREADY',
      owner.get(`/exports/${waiting}/download`),
    ],
    ["a stranger's", unknownExport, (await system.actor('stranger')).get(file)],
    ["an operator's", unknownExport, (await system.actor('operator')).get(file)],
    ['without a token', '401 JEEX_UNAUTHENTICATED', system.anonymous.get(file)],
  ])
  prove('downloads of 4 that were wrongly answered', wrong).isEmpty()
  prove('downloads that were counted after them', await count()).equals(20)
  await sql.run(`update exports set expires_at = now() where id = $1`, [made.id])
  const gone = await atOnce(20, () => owner.get(file))
  prove('20 downloads once it has expired', tally(gone)).equals(`20 × ${expired}`)
})

claim('JEEX-R-10', async ({ system, random, prove }) => {
  const owner = await system.actor('owner:packs')
  const project = await openProject(owner, { name: 'Ωmega 🙂', language: 'el' })
  const { id } = project
  const latest = new Map<string, Document>()
  for (const type of random.shuffle([...documentTypes, ...documentTypes, ...documentTypes])) {
    const content = `${type}\r\n${random.text(random.integer(1, 9_000))} 漢\n`
    latest.set(type, (await addDocument(owner, id, { document_type: type, content })).body)
  }
  const made = await madeExport(owner, id)
  const { bytes } = await download(owner, made.id)
  prove('the checksum that is told', made.sha256).equals(sha256Of(bytes))
  const files = unzipSync(bytes)
  const names = documentTypes.map((type, step) => `${step + 1}-${type}.md`)
  prove('files of the package', Object.keys(files).toSorted()).equals(
    [...names, 'manifest.json'].toSorted(),
  )
  const texts = documentTypes.map((type) => latest.get(type)?.content ?? '')
  prove(
    'files of 4 that are the latest text, byte for byte',
    names.filter((name, step) => Buffer.from(files[name] ?? []).toString() === texts[step]).length,
  ).equals(4)
  const manifest = JSON.parse(Buffer.from(files['manifest.json'] ?? []).toString()) as unknown
  prove('the manifest in the package', manifest).equals({
    format: 1,
    project: { id, name: project.name, language: 'el' },
    files: documentTypes.map((type, step) => ({
      file: names[step],
      type,
      version: 3,
      sha256: sha256Of(texts[step] ?? ''),
    })),
  })
  prove('the manifest that is told', made.manifest as unknown).equals(manifest)

  await owner.put(`/projects/${id}`, { status: 'completed' }, { headers: { 'if-match': '*' } })
  const again = await madeExports(owner, id, 19)
  prove(
    'of 20 packages of the same versions, different checksums',
    new Set([made, ...again].map((each) => each.sha256)).size,
  ).equals(1)
  const all = await Promise.all(again.map((each) => download(owner, each.id)))
  prove(
    'of 20 packages, equal bytes',
    all.filter((each) => each.bytes.equals(bytes)).length + 1,
  ).equals(20)
  await addDocument(owner, id, { document_type: 'architecture', content: 'New' }).expect(201)
  const other = await madeExport(owner, id)
  prove('the checksum with another version', other.sha256).satisfies(
    'another',
    (sum) => sum !== made.sha256,
  )
})
