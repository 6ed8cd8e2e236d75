import { useQuery } from '@tanstack/react-query'
import {
  Badge,
  Button,
  Card as Section,
  Empty,
  Facts,
  formatDay,
  formatNumber,
  Loaded,
  PageHead,
  SkeletonCards,
  useToast,
} from 'page-kit'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { ownCertificates, type CertificateView } from '../api.ts'
import { specializationName } from '../specialization.ts'

/** What was graduated from, with codes that anyone can verify. */
export function CertificatesPage(): ReactNode {
  const query = useQuery(ownCertificates)
  return (
    <>
      <PageHead title="Certificates">
        Anyone with the code can verify a certificate, without an account.
      </PageHead>
      <Loaded query={query} skeleton={<SkeletonCards count={2} height="16rem" column="22rem" />}>
        {(all) =>
          all.length === 0 ? (
            <div className="card">
              <Empty icon="medal" title="No certificate yet">
                You graduate from a semester once it has ended, with its payment verified and enough
                attendance.
              </Empty>
            </div>
          ) : (
            <div className="grid" style={{ ['--column' as string]: '22rem' }}>
              {all.map((one) => (
                <Certificate key={one.code} certificate={one} />
              ))}
            </div>
          )
        }
      </Loaded>
    </>
  )
}

function Certificate({ certificate }: { readonly certificate: CertificateView }): ReactNode {
  const say = useToast()
  const path = `/verify/${certificate.code}`
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(location.origin + path)
    say('The link is copied')
  }
  const isRevoked = certificate.revoked_at !== null
  return (
    <Section
      title={certificate.semester_name}
      aside={<Badge tone={isRevoked ? 'bad' : 'good'}>{isRevoked ? 'Revoked' : 'Valid'}</Badge>}
    >
      <Facts
        items={[
          ['Specialization', specializationName(certificate.specialization_type)],
          ['Issued', formatDay(certificate.issued_at)],
          ['Attendance', `${formatNumber(certificate.attendance_percent)}%`],
          ['Code', <code key="code">{certificate.code}</code>],
        ]}
      />
      <div className="row">
        <Link className="button button-plain button-small" href={path}>
          Open
        </Link>
        <Button kind="quiet" small onClick={() => void copy()}>
          Copy the link
        </Button>
      </div>
    </Section>
  )
}
