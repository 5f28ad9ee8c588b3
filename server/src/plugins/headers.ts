import type { FastifyReply } from 'fastify'

export const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=(), payment=(), usb=()',
}

export const answerHeaders = { ...securityHeaders, 'cache-control': 'no-store', 'content-security-policy': `default-src 'none'; frame-ancestors 'none'` }

/** Gives an answer the headers of one that is no page and is kept nowhere, unless it has its own. */
export function addAnswerHeaders(reply: FastifyReply): void {
  for (const [name, value] of Object.entries(answerHeaders)) if (!reply.hasHeader(name)) reply.header(name, value)
}
