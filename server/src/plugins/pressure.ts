import { constrainedMemory } from 'node:process'
import { totalmem } from 'node:os'
import { getHeapStatistics } from 'node:v8'
import fastifyUnderPressure from '@fastify/under-pressure'
import { DomainError, type Route } from '@ikd/contract'
import type { FastifyInstance } from 'fastify'
import { second } from '../clock.ts'

/** Beyond which new requests are turned away, so that those begun are finished. */
export interface PressureLimits {
  /** Mean lateness of the event loop over two seconds, in milliseconds; 0 for never. */
  readonly eventLoopDelayMs: number
  readonly heapBytes: number
  readonly rssBytes: number
}

/** Seconds after which a request turned away may come again. */
const retryAfter = 5

/** Four fifths of what this process may have, by its container or its machine, and a loop that is a second late. */
export function usualLimits(): PressureLimits {
  const memory = Math.min(constrainedMemory() || Number.POSITIVE_INFINITY, totalmem())
  return { eventLoopDelayMs: second, heapBytes: getHeapStatistics().heap_size_limit * 0.8, rssBytes: memory * 0.8 }
}

/**
 * Sheds load (@fastify/under-pressure): `busy` with `Retry-After`, before anything is read or looked up. `/health` says so
 * too, so that a balancer sends elsewhere. What stops harm is served as long as anything is: see `isUrgent`.
 */
export async function addPressure(app: FastifyInstance, limits: PressureLimits): Promise<void> {
  await app.register(fastifyUnderPressure, {
    // Long enough that one slow start or one garbage collection is no pressure.
    sampleInterval: 2 * second,
    maxEventLoopDelay: limits.eventLoopDelayMs,
    maxHeapUsedBytes: limits.heapBytes,
    maxRssBytes: limits.rssBytes,
    pressureHandler(request, reply) {
      if (request.routeOptions.config.urgent) return
      reply.header('retry-after', retryAfter)
      throw new DomainError('busy')
    },
  })
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Never shed. */
    urgent?: boolean
  }
}

/** A phone lost or a session left open does harm by the minute: suspending, blocking and signing out are never shed. */
export function isUrgent({ id }: Route): boolean {
  return urgent.has(id)
}

const urgent: ReadonlySet<string> = new Set(['suspensions.open', 'suspensions.suspend', 'cases.block', 'staff.signOut'])
