/** A value as it arrives in JSON: what was a `Date` is text. */
export type Wire<Value> = Value extends Date
  ? string
  : Value extends readonly (infer Item)[]
    ? Wire<Item>[]
    : Value extends object
      ? { [Key in keyof Value]: Wire<Value[Key]> }
      : Value

/** One page of a list. */
export interface WirePage<Item> {
  readonly items: readonly Item[]
  readonly page: number
  readonly page_size: number
  readonly total: number
}
