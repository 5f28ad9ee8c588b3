import { DomainError } from '@ikd/contract'

/** The code a request is refused with; `no refusal` when it is answered. Anything but a refusal is a failure of the test. */
export async function refusal(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    if (error instanceof DomainError) return error.code
    throw error
  }
  return 'no refusal'
}
