import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { languageModel } from '../src/response/language-model.ts'
import type { Situation } from '../src/response/response.ts'
import { templateGenerator } from '../src/response/template.ts'
import { strangers } from '../src/rule/relationship.ts'

const traits = {
  openness: 0.5,
  conscientiousness: 0.5,
  extraversion: 0.5,
  agreeableness: 0.5,
  neuroticism: 0.5,
}

const situation: Situation = {
  type: 'chat',
  content: 'Do you remember the rain?',
  initiator: { name: 'Ada', personality: traits },
  target: { name: 'Ben', personality: traits },
  relationship: strangers,
  memories: ['chat with Ada, gladly: It rains'],
  seed: 'one',
}

const open: Server[] = []

afterEach(async () => {
  for (const server of open.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

/** A model that gives this answer, and what it was asked. */
async function modelThat(status: number, body: string): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    request.setEncoding('utf8')
    let text = `${request.method} ${request.url} ${request.headers.authorization}\n`
    request.on('data', (part: string) => {
      text += part
    })
    request.on('end', () => {
      asked.push(text)
      if (status === 0) return
      response.writeHead(status, { 'content-type': 'application/json' }).end(body)
    })
  })
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, asked }
}

function generatorAt(url: string, failures: unknown[], timeoutMs = 10_000) {
  return languageModel({
    url,
    model: 'small',
    key: 'a key',
    timeoutMs,
    fallback: templateGenerator,
    onFailure: (error) => failures.push(error),
  })
}

test('asks with the memories and the seed, and gives what the model says', async () => {
  const said = { choices: [{ message: { content: ' Yes, Ada. ' } }] }
  const { url, asked } = await modelThat(200, JSON.stringify(said))
  const failures: unknown[] = []
  const reply = await generatorAt(url, failures).respond(situation)
  expect(reply).toEqual({ text: 'Yes, Ada.', generator: 'language model small' })
  const [first = ''] = asked
  const [line, body = ''] = first.split('\n')
  expect(line).toBe('POST /v1/chat/completions Bearer a key')
  expect(JSON.parse(body)).toMatchObject({ model: 'small', temperature: 0 })
  expect(body).toContain('It rains')
  await generatorAt(url, failures).respond(situation)
  expect(asked[1]).toBe(asked[0])
  expect(failures).toEqual([])
})

test.each([
  ['an error', 500, '{}'],
  ['no JSON', 200, 'sorry'],
  ['no words', 200, JSON.stringify({ choices: [{ message: { content: ' ' } }] })],
  ['no choice', 200, JSON.stringify({ choices: [] })],
])('a template answers for a model that gives %s', async (_what, status, body) => {
  const { url } = await modelThat(status, body)
  const failures: unknown[] = []
  const reply = await generatorAt(url, failures).respond(situation)
  expect(reply).toEqual(await templateGenerator.respond(situation))
  expect(failures).toHaveLength(1)
})

test('a template answers for a model that says nothing, or is not there', async () => {
  const { url } = await modelThat(0, '')
  const failures: unknown[] = []
  const due = await templateGenerator.respond(situation)
  expect(await generatorAt(url, failures, 100).respond(situation)).toEqual(due)
  expect(await generatorAt('http://127.0.0.1:1/v1', failures).respond(situation)).toEqual(due)
  expect(failures).toHaveLength(2)
})
