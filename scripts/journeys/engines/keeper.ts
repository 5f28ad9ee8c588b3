// node keeper.ts PROGRAM ARGUMENTS…: runs a program that knows no leash (start/leash.ts). When the process that asked for it is
// gone, however it went, the program and everything it has started go too.
import { spawn } from 'node:child_process'

const [program, ...args] = process.argv.slice(2)
if (program === undefined) throw new Error('no program was named')
// A process group of its own: browsers start many processes, and none may stay.
const child = spawn(program, args, { detached: true, stdio: ['ignore', 'inherit', 'inherit'] })

function kill(): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  } catch {
    // Gone already.
  }
}

child.once('error', (error) => {
  console.error(error.message)
  process.exit(127)
})
child.once('exit', (code) => {
  kill()
  process.exit(code ?? 1)
})
process.once('disconnect', kill)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, kill)
