const mark = 'IKD-KELUHAN'

/** Runs in every page before its own scripts: what nobody caught and what the content security policy refused is said on the console, alike in all engines. */
function complain(prefix: string): void {
  const say = (text: string) => console.error(`${prefix} ${text}`)
  addEventListener('error', ({ message, filename, lineno }) => say(`${message} (${filename}:${lineno})`))
  addEventListener('unhandledrejection', ({ reason }) => say(`rejected: ${reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason)}`))
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => say(`refused by ${violatedDirective}: ${blockedURI} (${sourceFile})`))
}

/** As the text of a script. */
export const complaining = `(${complain.toString()})(${JSON.stringify(mark)})`

/** The complaint in what a console says, if it is one; what no script hears of is known by its words. */
export function findComplaint(said: string): string | undefined {
  const at = said.indexOf(mark)
  if (at >= 0) return said.slice(at + mark.length).trim()
  return /content security policy|trusted ?type|error: <svg>/i.test(said) ? said : undefined
}
