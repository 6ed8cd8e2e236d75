import type { ReactNode } from 'react'
import { Route, Switch } from 'wouter'
import { WrongPage } from '../part/wrong-page.tsx'
import { CardsPage } from './cards-page.tsx'
import { CertificatesPage } from './certificates-page.tsx'
import { CreditsPage } from './credits-page.tsx'
import { SemestersPage } from './semesters-page.tsx'
import { SkillsPage } from './skills-page.tsx'

/** The pages about one's own licences. */
export default function StudentPages(): ReactNode {
  return (
    <Switch>
      <Route path="/licenses" component={CardsPage} />
      <Route path="/semesters" component={SemestersPage} />
      <Route path="/skills" component={SkillsPage} />
      <Route path="/credits" component={CreditsPage} />
      <Route path="/certificates" component={CertificatesPage} />
      <Route component={WrongPage} />
    </Switch>
  )
}
