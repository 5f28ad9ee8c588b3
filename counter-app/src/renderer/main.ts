import '@ikd/ui/tokens.css'
import '@ikd/ui/too-old.css'
import './page.css'
import { createClient, watchReturns } from '@ikd/client'
import { isTooOld, markDocument } from '@ikd/ui'
import { CustomerDisplay } from './desk/customer-display.ts'
import { IdleWatch, watchHands } from './desk/idle-watch.ts'
import { LiveAlerts } from './desk/live-alerts.ts'
import { LiveCases } from './desk/live-cases.ts'
import { LiveFrames } from './desk/live-frames.ts'
import { serverAccountApi } from './desk/server-account-api.ts'
import { serverAdminApi } from './desk/server-admin-api.ts'
import { serverDeskApi } from './desk/server-desk-api.ts'
import { serverDuplicatesApi } from './desk/server-duplicates-api.ts'
import { DeskSession, type Timer } from './desk/session.ts'
import { signedCalls } from './desk/signed-calls.ts'
import { chooseHost } from './host/choose-host.ts'
import { fragmentOf, placeOf } from './view/place.ts'

if (!isTooOld()) await start()

async function start(): Promise<void> {
  markDocument()
  if (placeOf(location.hash).at === 'customer') {
    // The resident's screen: no key, no session, no server.
    await import('./screens/customer-screen.ts')
    document.body.replaceChildren(document.createElement('customer-screen'))
    return
  }
  const { showStartProblem } = await import('./screens/start-problem.ts')
  try {
    await startDesk()
  } catch (error) {
    showStartProblem(error)
  }
}

async function startDesk(): Promise<void> {
  const host = await chooseHost(window)
  const { key } = await host.workstationKey()
  const client = createClient({ baseUrl: await host.serverUrl(), key })
  const timer: Timer = {
    after(ms, run) {
      const running = setTimeout(run, ms)
      return () => clearTimeout(running)
    },
  }
  const session = new DeskSession(client, Date.now, timer)
  const live = new LiveCases(client, session)
  watchReturns(() => live.lookAgain())
  const calls = signedCalls(session)
  const api = serverDeskApi(client, calls)
  const admin = serverAdminApi(client, calls)
  const alerts = new LiveAlerts(admin, session, live)
  const frames = new LiveFrames({ getCase: (caseId) => api.getCase(caseId), listen: (listener) => live.listen(listener), session: session.state })
  const limitMs = (await host.idleMinutes()) * 60_000
  watchHands(window, new IdleWatch({ now: Date.now, timer, session: session.state, limitMs, lock: () => void session.lock('idle') }))
  await import('./app.ts')
  const app = document.createElement('counter-app')
  app.desk = {
    api, account: serverAccountApi(client, calls), admin, duplicates: serverDuplicatesApi(client, calls), session, live, alerts, host, frames,
    display: new CustomerDisplay(), timer, go: (place) => location.assign(fragmentOf(place)),
  }
  document.body.replaceChildren(app)
  await session.start()
}
