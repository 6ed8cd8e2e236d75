import type { Personality } from '../rule/personality.ts'

/** Who lives somewhere: a name, a description, and the five traits in tenths. */
export type Member = readonly [name: string, description: string, traits: string]

/** Traits written as five digits, each a tenth: openness first, neuroticism last. */
export function personalityOf(traits: string): Personality {
  const [
    openness = 0,
    conscientiousness = 0,
    extraversion = 0,
    agreeableness = 0,
    neuroticism = 0,
  ] = traits.split('').map((digit) => Number(digit) / 10)
  return { openness, conscientiousness, extraversion, agreeableness, neuroticism }
}

export const harbour = {
  name: 'The harbour quarter',
  description: 'Twenty people between the lighthouse and the fish market.',
  cast: [
    ['Ada Brandt', 'Keeps the lighthouse and a diary of the weather.', '95326'],
    ['Bo Larsen', 'Sells fish and knows all the news.', '44973'],
    ['Clara Voss', 'Doctor of the quarter, never off duty.', '68584'],
    ['Dario Conti', 'Plays the accordion, owes everybody money.', '82865'],
    ['Edda Holm', 'Harbour master, counts every rope.', '39435'],
    ['Finn Moran', 'Apprentice on a trawler.', '65556'],
    ['Greta Sand', 'Runs the café by the pier.', '56892'],
    ['Hugo Palm', 'Retired captain with strong opinions.', '36627'],
    ['Ines Duarte', 'Paints boats, and paintings of boats.', '94574'],
    ['Jon Feld', 'Mends nets and says little.', '47265'],
    ['Kaja Rive', 'Teaches children to swim.', '65783'],
    ['Lars Toft', 'Smuggles cigars, badly.', '53748'],
    ['Mila Orlow', 'Studies gulls.', '87358'],
    ['Nils Aker', 'Policeman who hates conflict.', '48386'],
    ['Olive Grant', 'Writes letters for others.', '86475'],
    ['Piet Maas', 'Ferryman with a fine voice.', '54864'],
    ['Quinn Doyle', 'Looks after the old clock.', '79344'],
    ['Rosa Lind', 'Bakes before sunrise.', '57682'],
    ['Sven Bakke', 'Wins at cards too often.', '42739'],
    ['Tessa Ward', 'Newcomer, still unpacking.', '73657'],
  ] satisfies readonly Member[],
}

export const laboratory = {
  name: 'Night shift at the observatory',
  description: 'Ten astronomers who share one telescope.',
  cast: [
    ['Amara Sol', 'Leads the survey.', '79564'],
    ['Ben Okoro', 'Builds the instruments.', '68455'],
    ['Chiyo Mori', 'Hunts comets.', '95357'],
    ['Dev Rao', 'Writes the software.', '76247'],
    ['Elif Kaya', 'Looks after the mirrors.', '59473'],
    ['Femi Ade', 'Brings coffee, finds galaxies.', '84882'],
    ['Gwen Price', 'Doubts every result.', '67238'],
    ['Hana Novak', 'Student of dark matter.', '85566'],
    ['Ivan Petrov', 'Guards the schedule.', '29346'],
    ['Joao Reis', 'Tells visitors about the stars.', '83973'],
  ] satisfies readonly Member[],
}
