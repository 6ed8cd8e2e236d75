export { Gauge, type GaugeBands } from './chart/gauge.tsx'
export { Radar, type RadarAxis } from './chart/radar.tsx'
export { Trend } from './chart/trend.tsx'
export { ApiError, freshKey, type Client, type Query, type SendOptions } from './data/client.ts'
export { formValues } from './data/form.ts'
export {
  counted,
  formatClock,
  formatDay,
  formatMoment,
  formatMs,
  formatNumber,
  formatWeekday,
  sentence,
} from './data/format.ts'
export { Loaded } from './data/query.tsx'
export { createService, type Question, type Service } from './data/service.ts'
export type { Wire, WirePage } from './data/wire.ts'
export { pauseMs, type Reconnection } from './live/reconnection.ts'
export { useReconnection } from './live/use-reconnection.ts'
export { mount } from './mount.tsx'
export { Badge, type Tone } from './part/badge.tsx'
export { Banner, ErrorBanner } from './part/banner.tsx'
export { Button } from './part/button.tsx'
export { Card, Facts } from './part/card.tsx'
export { Confirm, Dialog } from './part/dialog.tsx'
export { Empty } from './part/empty.tsx'
export { Choices, Field, problemOf, Select, TextArea } from './part/field.tsx'
export { Icon, type IconName } from './part/icon.tsx'
export { Meter } from './part/meter.tsx'
export { Pager } from './part/pager.tsx'
export { Redirect } from './part/redirect.tsx'
export { SessionGate } from './part/session-gate.tsx'
export { PageHead, Shell, type NavEntry } from './part/shell.tsx'
export { SignIn } from './part/sign-in.tsx'
export { PageSkeleton, Skeleton, SkeletonCards, SkeletonRows } from './part/skeleton.tsx'
export { DataTable, type Column } from './part/table.tsx'
export { ThemeToggle } from './part/theme-toggle.tsx'
export { Toasts, useToast } from './part/toast.tsx'
