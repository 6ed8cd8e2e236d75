import { useQuery } from '@tanstack/react-query'
import {
  ApiError,
  Badge,
  Button,
  Empty,
  Facts,
  Field,
  formatDay,
  formatNumber,
  formValues,
  Loaded,
  Skeleton,
} from 'page-kit'
import { useEffect, type FormEvent, type ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { verification, type Verification } from '../api.ts'
import { Logo } from '../part/logo.tsx'
import { specializationName } from '../specialization.ts'

/** Anyone's page: what a certificate says, and whether it still stands. */
export default function VerifyPage({ code }: { readonly code: string | undefined }): ReactNode {
  useEffect(() => {
    document.title = 'Verify a certificate · LFA licences'
  }, [])
  return (
    <main className="page-alone">
      <Link className="brand" style={{ margin: '0 auto' }} href="/">
        <Logo />
        LFA licences
      </Link>
      {code ? <Answer code={code.toUpperCase()} /> : <Ask />}
    </main>
  )
}

function Ask(): ReactNode {
  const [, go] = useLocation()
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const code = (formValues(event.currentTarget)['code'] ?? '').trim().toUpperCase()
    go(`/verify/${encodeURIComponent(code)}`)
  }
  return (
    <form className="card form" onSubmit={submit}>
      <h1>Verify a certificate</h1>
      <Field
        label="Code"
        name="code"
        hint="It stands on the certificate, such as K7QM2XWD."
        autoCapitalize="characters"
        autoComplete="off"
        pattern="\s*[A-Za-z2-9]{1,40}\s*"
        required
      />
      <Button type="submit" className="button-wide">
        Verify
      </Button>
    </form>
  )
}

function Answer({ code }: { readonly code: string }): ReactNode {
  const query = useQuery(verification(code))
  const { error } = query
  const isUnknown = error instanceof ApiError && (error.status === 404 || error.status === 422)
  if (isUnknown) {
    return (
      <div className="card">
        <h1 className="visually-hidden">Verify a certificate</h1>
        <Empty
          icon="warning"
          title="No certificate has this code"
          action={
            <Link className="button button-plain" href="/verify">
              Try another code
            </Link>
          }
        >
          <code>{code}</code> is not a code that the academy has given out.
        </Empty>
      </div>
    )
  }
  return (
    <Loaded query={query} skeleton={<Skeleton height="25rem" />}>
      {(certificate) => <Certificate certificate={certificate} />}
    </Loaded>
  )
}

function Certificate({ certificate }: { readonly certificate: Verification }): ReactNode {
  const { status, level, overall_avg, revoked_at, revocation_reason } = certificate
  const isValid = status === 'valid'
  return (
    <article className="card certificate">
      <Badge tone={isValid ? 'good' : 'bad'}>{isValid ? 'Valid' : 'Revoked'}</Badge>
      <div>
        <p className="muted small">This certifies that</p>
        <h1 className="certificate-name">{certificate.holder_name}</h1>
        <p className="muted">
          graduated from {certificate.semester_name},{' '}
          {specializationName(certificate.specialization_type)}
        </p>
      </div>
      {!isValid && (
        <p>
          Revoked on {formatDay(revoked_at ?? '')}: {revocation_reason}
        </p>
      )}
      <Facts
        items={[
          ['Issued', formatDay(certificate.issued_at)],
          ['Attendance', `${formatNumber(certificate.attendance_percent)}%`],
          ...(level === null ? [] : [['Level', level] as const]),
          ...(overall_avg === null
            ? []
            : [['Skills, overall', formatNumber(overall_avg)] as const]),
          ['Code', <code key="code">{certificate.code}</code>],
        ]}
      />
    </article>
  )
}
