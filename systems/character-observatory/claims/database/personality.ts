import { claim } from 'etalon'

claim('CHAR-DB-04', { name: 'personality' }, async ({ sql, prove }) => {
  const isPersonality = (traits: object): Promise<boolean> =>
    sql.value<boolean>('select is_personality($1)', [JSON.stringify(traits)])
  const whole = {
    openness: 0,
    conscientiousness: 1,
    extraversion: 0.5,
    agreeableness: 0.5,
    neuroticism: 0.5,
  }
  prove('five traits between 0 and 1', await isPersonality(whole)).equals(true)
  prove('one beyond', await isPersonality({ ...whole, openness: 1.01 })).equals(false)
  prove('one as text', await isPersonality({ ...whole, openness: '0.5' })).equals(false)
  const { openness: _openness, ...four } = whole
  prove('four', await isPersonality(four)).equals(false)
})
