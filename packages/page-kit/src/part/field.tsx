import {
  useId,
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
} from 'react'
import { ApiError } from '../data/client.ts'

interface Labelled {
  readonly label: string
  readonly hint?: string | undefined
  /** What is wrong with the value; see {@link problemOf}. */
  readonly problem?: string | undefined
}

function Frame({
  id,
  label,
  hint,
  problem,
  children,
}: Labelled & { readonly id: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
      {hint && (
        <span className="field-hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {problem && (
        <span className="field-problem" id={`${id}-problem`}>
          {problem}
        </span>
      )}
    </div>
  )
}

function describedBy(id: string, { hint, problem }: Omit<Labelled, 'label'>): string | undefined {
  const ids = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean)
  return ids.length === 0 ? undefined : ids.join(' ')
}

/** What a control needs so that its label, hint and problem belong to it. */
function useLabelled({ label, hint, problem }: Labelled): {
  readonly frame: Labelled & { readonly id: string }
  readonly control: {
    readonly id: string
    readonly className: string
    readonly 'aria-invalid': boolean
    readonly 'aria-describedby': string | undefined
  }
} {
  const id = useId()
  return {
    frame: { id, label, hint, problem },
    control: {
      id,
      className: 'input',
      'aria-invalid': problem !== undefined,
      'aria-describedby': describedBy(id, { hint, problem }),
    },
  }
}

/** An input with its label, a hint, and what is wrong with it. */
export function Field({
  label,
  hint,
  problem,
  ...rest
}: InputHTMLAttributes<HTMLInputElement> & Labelled): ReactNode {
  const { frame, control } = useLabelled({ label, hint, problem })
  return (
    <Frame {...frame}>
      <input {...rest} {...control} />
    </Frame>
  )
}

export function TextArea({
  label,
  hint,
  problem,
  ...rest
}: TextareaHTMLAttributes<HTMLTextAreaElement> & Labelled): ReactNode {
  const { frame, control } = useLabelled({ label, hint, problem })
  return (
    <Frame {...frame}>
      <textarea {...rest} {...control} />
    </Frame>
  )
}

export function Select({
  label,
  options,
  ...rest
}: SelectHTMLAttributes<HTMLSelectElement> & {
  readonly label: string
  readonly options: readonly (readonly [value: string, text: string])[]
}): ReactNode {
  const id = useId()
  return (
    <Frame id={id} label={label}>
      <select {...rest} id={id} className="input">
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </Frame>
  )
}

/** A few values to choose one of, all of them to be seen. */
export function Choices<Value extends string>({
  label,
  name,
  options,
  value,
  disabled = false,
  onChoose,
}: {
  readonly label: string
  readonly name: string
  readonly options: readonly (readonly [value: Value, text: string])[]
  readonly value: Value | null
  readonly disabled?: boolean
  readonly onChoose: (value: Value) => void
}): ReactNode {
  return (
    <fieldset className="choices">
      <legend className="visually-hidden">{label}</legend>
      {options.map(([option, text]) => (
        <label className="choice" key={option}>
          <input
            type="radio"
            name={name}
            value={option}
            checked={value === option}
            disabled={disabled}
            onChange={() => onChoose(option)}
          />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** What a refused request says of one field: `body.amount` for the field `amount`. */
export function problemOf(error: Error | null, field: string): string | undefined {
  if (!(error instanceof ApiError) || !Array.isArray(error.details)) return undefined
  const problems = error.details as readonly { readonly path?: string; readonly message?: string }[]
  return problems.find(({ path }) => path === `body.${field}`)?.message
}
