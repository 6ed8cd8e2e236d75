/** The ids of who is selected, the first and the second; at most two. */
export type Selection = readonly string[]

/** The selection after somebody was pressed: who is in it leaves it, a third takes the second's place. */
export function toggled(selection: Selection, id: string): Selection {
  if (selection.includes(id)) return selection.filter((one) => one !== id)
  const [first] = selection
  return first === undefined || selection.length < 2 ? [...selection, id] : [first, id]
}
