import { second } from '../../clock.ts'
import type { Core } from '../../core.ts'
import { errorKind } from '../../error-kind.ts'
import { createRounds } from '../../rounds.ts'
import { type ClaimedMail, createOutbox } from './outbox.ts'
import type { MailMessage } from './render.ts'
import { mailContext, outboxTopic } from './service.ts'
import { createSmtpSender, type MailSender, type SendOutcome, smtpConnections } from './smtp.ts'

/** Sends what the outbox holds, at least once: after a crash between the server's 250 and our commit, the same bytes again. */
export interface MailWorker {
  start(): void
  /** Resolves once the mails in flight are settled. */
  stop(): Promise<void>
  /** Looks for due mails now rather than at the next second. */
  wake(): void
}

export interface MailWorkerPorts {
  /** A mail of this case was accepted, bounced, deferred or given up: tell whoever watches the case. */
  announceCase(caseId: string): Promise<void>
  readonly sender?: MailSender
}

/** A third of the lease: two heartbeats may fail. */
const renewEvery = 5 * second
const pauses = [1, 2, 5, 15, 30, 60].map((seconds) => seconds * second)

/** Wait after the n-th failure, from a quarter less to a quarter more, so that servers do not come back in step. */
export function pauseAfter(failures: number, random: Core['random']): number {
  const pause = pauses[Math.min(failures, pauses.length) - 1] as number
  return Math.round(pause * (0.75 + random(4).readUInt32BE() / 2 ** 33))
}

export function createMailWorker(core: Core, ports: MailWorkerPorts): MailWorker {
  const outbox = createOutbox(core.store)
  const sender = ports.sender ?? createSmtpSender(core.config.smtp)
  const inFlight = new Set<Promise<void>>()
  const rounds = createRounds(core, outboxTopic, round, 'the outbox could not be read')

  async function round(): Promise<void> {
    for (const { id, caseId, failure } of await outbox.expire(core.clock.now())) {
      if (failure === 'worker-lost') core.log.error({ mail: id }, 'a mail was given up: whoever sends it dies')
      await announce(caseId)
    }
    while (rounds.isRunning() && inFlight.size < smtpConnections) {
      const mail = await outbox.claim(core.clock.now())
      if (!mail) return
      // It may have been this mail that killed its worker: it takes no other with it, and the others go on without it.
      if (mail.lostWorkers > 0) await Promise.all(inFlight)
      const delivery = deliver(mail)
        .catch((error: unknown) => core.log.error({ mail: mail.id, kind: errorKind(error) }, 'a mail could not be settled'))
        .finally(() => {
          inFlight.delete(delivery)
          rounds.wake()
        })
      inFlight.add(delivery)
      if (mail.lostWorkers > 0) await delivery
    }
  }

  async function deliver(claimed: ClaimedMail): Promise<void> {
    let mail = claimed
    let renewal: Promise<void> = Promise.resolve()
    const heartbeat = setInterval(() => {
      renewal = outbox.renew(mail, core.clock.now()).then(
        (renewed) => void (mail = renewed ?? mail),
        (error: unknown) => core.log.warn({ mail: claimed.id, kind: errorKind(error) }, 'a claim could not be renewed'),
      )
    }, renewEvery)
    let outcome: SendOutcome
    try {
      const message = JSON.parse(core.envelope.open(mail.sealed, mailContext(mail.id)).toString('utf8')) as MailMessage
      outcome = await sender.send({ id: mail.id, createdAt: mail.createdAt, message })
    } catch (error) {
      core.log.error({ mail: mail.id, kind: errorKind(error) }, 'a mail could not be read')
      outcome = { outcome: 'deferred', failure: 'unreadable' }
    } finally {
      clearInterval(heartbeat)
      await renewal
    }
    const settled = await settle(mail, outcome)
    core.log.info({ mail: mail.id, attempt: mail.attempts + 1, settled, ...outcome }, 'mail')
    if (settled) await announce(mail.caseId)
  }

  async function settle(mail: ClaimedMail, outcome: SendOutcome): Promise<boolean> {
    const now = core.clock.now()
    switch (outcome.outcome) {
      case 'accepted':
        return outbox.accept(mail, now)
      case 'bounced':
        return outbox.bounce(mail, outcome.failure)
      case 'deferred':
        return outbox.defer(mail, outcome.failure, now + pauseAfter(mail.attempts + 1, core.random))
    }
  }

  /** The mail's state is committed by now; that nobody could be told of it changes nothing. */
  async function announce(caseId: string | null): Promise<void> {
    if (caseId === null) return
    await ports.announceCase(caseId).catch((error: unknown) => core.log.warn({ case: caseId, kind: errorKind(error) }, 'a mail’s state could not be announced'))
  }

  return {
    wake: rounds.wake,
    start: rounds.start,
    async stop() {
      await rounds.stop()
      await Promise.all(inFlight)
      sender.close()
    },
  }
}
