import '@ikd/ui/tokens.css'
import './page.css'
import { createClient } from '@ikd/client'
import { markDocument } from '@ikd/ui'
import { CustomerDisplay } from './desk/customer-display.ts'
import { LiveCases } from './desk/live-cases.ts'
import { LiveFrames } from './desk/live-frames.ts'
import { serverDeskApi } from './desk/server-desk-api.ts'
import { DeskSession, type Timer } from './desk/session.ts'
import { chooseHost } from './host/choose-host.ts'
import { fragmentOf, placeOf } from './view/place.ts'

markDocument()

if (placeOf(location.hash).at === 'customer') {
  // The resident's screen: no key, no session, no server.
  await import('./screens/customer-screen.ts')
  document.body.append(document.createElement('customer-screen'))
} else {
  await import('./screens/start-problem.ts').then(async ({ showStartProblem }) => {
    try {
      await startDesk()
    } catch (error) {
      showStartProblem(error)
    }
  })
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
  const api = serverDeskApi(client, session)
  const frames = new LiveFrames({ getCase: (caseId) => api.getCase(caseId), listen: (listener) => live.listen(listener), session: session.state })
  await import('./app.ts')
  const app = document.createElement('counter-app')
  app.desk = { api, session, live, host, frames, display: new CustomerDisplay(), timer, go: (place) => location.assign(fragmentOf(place)) }
  document.body.append(app)
  await session.start()
}
