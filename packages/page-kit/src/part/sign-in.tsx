import { useMutation } from '@tanstack/react-query'
import { useEffect, type FormEvent, type ReactNode } from 'react'
import { formValues } from '../data/form.ts'
import type { Service } from '../data/service.ts'
import { ErrorBanner } from './banner.tsx'
import { Button } from './button.tsx'
import { Field, problemOf } from './field.tsx'

/** Where everyone begins; after signing in, the page that was asked for shows. */
export function SignIn<User>({
  system,
  logo,
  service,
  children,
}: {
  /** Name of the system. */
  readonly system: string
  readonly logo: ReactNode
  readonly service: Service<User>
  /** What else there is to do here. */
  readonly children?: ReactNode
}): ReactNode {
  useEffect(() => {
    document.title = `Sign in · ${system}`
  }, [system])
  const signIn = useMutation({
    mutationFn: (body: { readonly email: string; readonly password: string }) =>
      service.client.send<{ readonly user: User }>('POST', '/auth/session', { body }),
    onSuccess: ({ user }) => service.beginSession(user),
  })
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = formValues(event.currentTarget)
    signIn.mutate({ email: form['email'] ?? '', password: form['password'] ?? '' })
  }
  return (
    <main className="page-alone">
      <div className="brand brand-alone">
        {logo}
        {system}
      </div>
      <form className="card form" onSubmit={submit}>
        <h1>Sign in</h1>
        {signIn.error && <ErrorBanner error={signIn.error} />}
        <Field
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          required
          problem={problemOf(signIn.error, 'email')}
        />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          problem={problemOf(signIn.error, 'password')}
        />
        <Button type="submit" className="button-wide" busy={signIn.isPending}>
          Sign in
        </Button>
      </form>
      {children}
    </main>
  )
}
