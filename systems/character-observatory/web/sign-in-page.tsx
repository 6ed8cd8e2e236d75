import { useMutation } from '@tanstack/react-query'
import { Button, Dialog, ErrorBanner, Field, formValues, problemOf, SignIn } from 'page-kit'
import { useState, type FormEvent, type ReactNode } from 'react'
import { apiPath, service, type UserView } from './api.ts'
import { Logo } from './part/logo.tsx'

/** Where everyone begins, or makes an account. */
export function SignInPage(): ReactNode {
  const [isNew, setNew] = useState(false)
  return (
    <SignIn system="Character Observatory" logo={<Logo />} service={service}>
      <Button kind="quiet" onClick={() => setNew(true)}>
        Make an account
      </Button>
      {isNew && <Registration onClose={() => setNew(false)} />}
    </SignIn>
  )
}

function Registration({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { client, beginSession } = service
  const register = useMutation({
    mutationFn: async (body: Readonly<Record<string, string>>) => {
      const { email, password } = body
      await client.send('POST', `${apiPath}/auth/register`, { body })
      return client.send<{ user: UserView }>('POST', '/auth/session', { body: { email, password } })
    },
    onSuccess: ({ user }) => beginSession(user),
  })
  const { error, isPending } = register
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    register.mutate(formValues(event.currentTarget))
  }
  return (
    <Dialog title="Make an account" onClose={onClose}>
      <form className="form" onSubmit={submit}>
        {error && <ErrorBanner error={error} />}
        <Field
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          required
          problem={problemOf(error, 'email')}
        />
        <Field
          label="Name"
          name="username"
          hint='Letters, digits, ".", "_" and "-"'
          required
          maxLength={64}
          problem={problemOf(error, 'username')}
        />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          hint="12 characters or more"
          required
          minLength={12}
          maxLength={200}
          problem={problemOf(error, 'password')}
        />
        <div className="form-actions">
          <Button kind="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" busy={isPending}>
            Make it
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
