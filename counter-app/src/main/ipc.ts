import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron'
import { Check } from 'typebox/value'
import {
  type AnswerOfChannel, type ChannelName, channelNames, channels, counterOrigin, type IpcAnswer, type IpcProblem, type RequestOf, wireName,
} from '../ipc/contract.ts'

/** A refusal a handler means to give; anything else it throws is a surprise. */
export class IpcRefusal extends Error {
  readonly problem: IpcProblem

  constructor(problem: IpcProblem) {
    super(problem)
    this.name = 'IpcRefusal'
    this.problem = problem
  }
}

export type Handlers = { readonly [N in ChannelName]: (request: RequestOf<N>) => Promise<AnswerOfChannel<N>> }

/**
 * Answers the contract's channels. Every message passes three gates before its handler: it comes from the main frame of our
 * own window on our own origin, it carries one argument, and that argument is what the contract says.
 */
export function answerChannels(options: {
  ipcMain: Pick<IpcMain, 'handle'>
  /** Our window's contents, or undefined while there is none. */
  ownContents: () => WebContents | undefined
  handlers: Handlers
  /** Hears surprises; a problem's detail never crosses to the page. */
  onSurprise: (channel: ChannelName, error: unknown) => void
}): void {
  for (const name of channelNames) {
    options.ipcMain.handle(wireName(name), (event, ...args: unknown[]) =>
      isOwnMainFrame(event, options.ownContents()) ? answer(name, args, options) : { ok: false, problem: 'sender-refused' },
    )
  }
}

async function answer<N extends ChannelName>(
  name: N,
  args: readonly unknown[],
  { handlers, onSurprise }: { handlers: Handlers; onSurprise: (channel: ChannelName, error: unknown) => void },
): Promise<IpcAnswer<N>> {
  const request = args[0]
  if (args.length !== 1 || !Check(channels[name].request, request)) return { ok: false, problem: 'request-malformed' }
  try {
    const value = await handlers[name](request as RequestOf<N>)
    if (!Check(channels[name].answer, value)) throw new TypeError(`The answer of ${name} is not what the contract says`)
    return { ok: true, value }
  } catch (error) {
    if (error instanceof IpcRefusal) return { ok: false, problem: error.problem }
    onSurprise(name, error)
    return { ok: false, problem: 'failed' }
  }
}

function isOwnMainFrame(event: IpcMainInvokeEvent, own: WebContents | undefined): boolean {
  const frame = event.senderFrame
  // `senderFrame` is null once the frame has navigated away or is gone: then nobody of ours is asking.
  if (!own || !frame || event.sender !== own) return false
  return frame === own.mainFrame && frame.parent === null && isCounterUrl(frame.url)
}

export function isCounterUrl(url: string): boolean {
  // A custom scheme's `URL.origin` is the string "null" in Node; scheme and host are compared instead.
  if (!URL.canParse(url)) return false
  const { protocol, host } = new URL(url)
  return `${protocol}//${host}` === counterOrigin
}
