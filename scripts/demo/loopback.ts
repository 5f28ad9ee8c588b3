import type { FastifyInstance } from 'fastify'

const names = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Refuses whoever names another host: a page somewhere else whose name was pointed at 127.0.0.1 (DNS rebinding) must not read
 * the demo's mail or switch its agencies.
 */
export function answerLoopbackOnly(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!names.has((request.headers.host ?? '').replace(/:\d+$/, ''))) return reply.code(421).send({ error: 'loopback only' })
  })
}
