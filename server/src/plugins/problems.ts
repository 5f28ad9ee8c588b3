import { DomainError, type FieldError, type Problem, type ProblemCode } from '@ikd/contract'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { findStorageFailure, type StorageFailure } from '../database/failures.ts'
import { challenge, oauthRefusal } from './challenge.ts'
import { addAnswerHeaders } from './headers.ts'

/** Refusals become RFC 9457 problems; surprises are logged by class and answered without detail. */
export const problems = fastifyPlugin(async (app) => {
  app.setErrorHandler((error: FastifyError | DomainError, request, reply) => {
    if (error instanceof DomainError) return sendProblem(reply, error.toProblem())
    const code = frameworkProblem(error)
    if (code) return sendProblem(reply, new DomainError(code, {}, validationErrors(error)).toProblem())
    const failure = findStorageFailure(error)
    if (failure) return sendStorageProblem(request, reply, error, failure)
    // The message may quote what was sent; the stack names our own lines only.
    const stack = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '))
    request.log.error({ route: request.routeOptions.url, kind: error.name, code: error.code, stack }, 'unexpected failure')
    return sendProblem(reply, new DomainError('internal').toProblem())
  })
})

/** Nothing was kept of the request, or the idempotency key finds what was: the same request may come again. */
function sendStorageProblem(request: FastifyRequest, reply: FastifyReply, error: FastifyError, failure: StorageFailure): FastifyReply {
  request.log.error({ route: request.routeOptions.url, failure, code: error.code }, 'the database did not do what was asked')
  switch (failure) {
    case 'unwritable':
      return sendProblem(reply.header('retry-after', 60), new DomainError('storage-unavailable').toProblem())
    case 'busy':
    case 'collision':
      return sendProblem(reply.header('retry-after', 2), new DomainError('busy').toProblem())
    case 'duplicate':
      // Not a race, for it came again: a rule is missing in front of the unique key.
      return sendProblem(reply, new DomainError('internal').toProblem())
  }
}

export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  reply.code(problem.status).serializer(JSON.stringify)
  if (problem.status === 401) reply.header('www-authenticate', challenge(problem))
  // RFC 6749 §5.2 wants plain JSON with an `error`.
  if (reply.request.routeOptions.config.form) return reply.type('application/json').send(oauthRefusal(problem))
  return reply.type('application/problem+json').send(problem)
}

/** For an address that names nothing of ours. */
export function answerUnknownRoute(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  addAnswerHeaders(reply)
  return sendProblem(reply, new DomainError('route-unknown').toProblem())
}

/** For an address the framework cannot even decode; no hook runs for these, and Fastify's own answer would quote the address. */
export function answerUnreadable(_error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  addAnswerHeaders(reply)
  sendProblem(reply, new DomainError('request-invalid').toProblem())
}

function frameworkProblem(error: FastifyError): ProblemCode | undefined {
  if (error.validation) return 'request-invalid'
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return 'body-too-large'
  return error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500 ? 'request-invalid' : undefined
}

/** Where and which rule; ajv's message names the rule, never the value. */
function validationErrors(error: FastifyError): readonly FieldError[] | undefined {
  return error.validation?.map((finding) => ({
    pointer: finding.instancePath || '/',
    detail: finding.keyword,
  }))
}
