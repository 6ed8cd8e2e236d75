/** What each kind of interaction costs who begins it, in thousandths, as the specification says. */
export const interactionCosts: Readonly<Record<string, number>> = {
  greeting: 50,
  chat: 100,
  discussion: 150,
  debate: 200,
  collaboration: 150,
  emotional_support: 200,
  conflict: 250,
}
