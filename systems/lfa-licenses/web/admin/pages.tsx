import type { ReactNode } from 'react'
import { Route, Switch } from 'wouter'
import { WrongPage } from '../part/wrong-page.tsx'
import { PromotionsPage } from '../staff/promotions-page.tsx'
import { AuditPage } from './audit-page.tsx'
import { DashboardPage } from './dashboard-page.tsx'
import { ExpiringPage } from './expiring-page.tsx'
import { HealthPage } from './health-page.tsx'
import { PaymentsPage } from './payments-page.tsx'
import { RepairPage } from './repair-page.tsx'

/** The pages of admins. */
export default function AdminPages(): ReactNode {
  return (
    <Switch>
      <Route path="/admin" component={DashboardPage} />
      <Route path="/admin/health" component={HealthPage} />
      <Route path="/admin/payments" component={PaymentsPage} />
      <Route path="/admin/promotions">
        <PromotionsPage viewer="ADMIN" />
      </Route>
      <Route path="/admin/expiring" component={ExpiringPage} />
      <Route path="/admin/repair" component={RepairPage} />
      <Route path="/admin/audit" component={AuditPage} />
      <Route component={WrongPage} />
    </Switch>
  )
}
