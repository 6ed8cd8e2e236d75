import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { claim } from 'etalon'
import { meeting, setScene, type Character } from '../scene.ts'

interface Answer {
  readonly response: string
  readonly metadata: Readonly<Record<string, unknown>>
}

/** What a model is asked, as far as it matters here. */
interface Question {
  readonly authorization: string | undefined
  readonly model: string
  readonly temperature: number
  readonly seed: number
  readonly messages: readonly { readonly role: string; readonly content: string }[]
}

/** A server with the interface of a language model, which can fail and keep silent. */
interface Model {
  readonly url: string
  readonly asked: Question[]
  mood: 'answers' | 'fails' | 'keeps silent'
  close(): void
}

const said = 'It rained, and I was glad of it.'
const key = 'a key of this claim'

claim(
  'CHAR-INT-04',
  {
    name: 'language-model',
    title: 'Where a language model is named it answers; where it does not, a template does',
    timeoutMs: 60_000,
  },
  async ({ system, prove }) => {
    const model = await startModel()
    try {
      const other = await system.another({
        LANGUAGE_MODEL_URL: model.url,
        LANGUAGE_MODEL: 'small',
        LANGUAGE_MODEL_KEY: key,
        LANGUAGE_MODEL_TIMEOUT_MS: '300',
      })
      const { owner, characters } = await setScene(other, { characters: 8 })
      const interact = async (at: number): Promise<Answer> => {
        const pair = characters.slice(at, at + 2) as [Character, Character]
        const asked = { ...meeting(...pair, 'chat', 'Do you remember?'), seed: 'one' }
        return (await owner.post<Answer>('/api/v1/interactions', asked).expect(201)).body
      }
      const answers = [await interact(0), await interact(2)]
      prove(
        'what it answers',
        answers.map(({ response }) => response),
      ).equals([said, said])
      prove('who is told to have answered', answers[0]?.metadata['generator']).equals(
        'language model small',
      )
      const [first, second] = model.asked as [Question, Question]
      const { authorization, model: name, temperature } = first
      prove('how it is asked', { authorization, name, temperature }).equals({
        authorization: `Bearer ${key}`,
        name: 'small',
        temperature: 0,
      })
      prove('the seed that it is given again', second.seed).equals(first.seed)
      prove('who it is told to be', first.messages[0]?.content).matches(/You are Character 2\b/)
      prove('what is said to it', first.messages[1]?.content).equals('Do you remember?')
      for (const [mood, at] of [['fails', 4] as const, ['keeps silent', 6] as const]) {
        model.mood = mood
        const { response, metadata } = await interact(at)
        prove(`who answers when it ${mood}`, metadata['generator']).equals('template')
        prove(`the answer when it ${mood} is not its own`, response !== said).isTrue()
      }
    } finally {
      model.close()
    }
  },
)

async function startModel(): Promise<Model> {
  const asked: Question[] = []
  const server: Server = createServer((request, response) => {
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (part: string) => {
      text += part
    })
    request.on('end', () => {
      const { authorization } = request.headers
      asked.push({ authorization, ...(JSON.parse(text) as Omit<Question, 'authorization'>) })
      if (model.mood === 'keeps silent') return
      const choices = [{ message: { role: 'assistant', content: said } }]
      response
        .writeHead(model.mood === 'fails' ? 500 : 200, { 'content-type': 'application/json' })
        .end(JSON.stringify(model.mood === 'fails' ? { error: 'overloaded' } : { choices }))
    })
  })
  const model: Model = {
    url: '',
    asked,
    mood: 'answers',
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(model, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
  })
}
