// What a process needs that serves requests: it loads the web server and what hangs on it. All that
// commands need too is in `index.ts`.
export { Counter, Gauge } from 'prom-client'
export { createApp } from './app.ts'
export { runPeriodically } from './jobs.ts'
export { liveRoute } from './live-route.ts'
export { servePages } from './pages.ts'
export { limitGuesses } from './rate-limit.ts'
export { openService, runService } from './service.ts'
export { renewSession } from './session.ts'
export { signInRoutes } from './sign-in.ts'
