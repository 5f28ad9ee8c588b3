// Preloaded into every child (`node --import`): when the process that started it is gone, however it went, the child ends too.
process.once('disconnect', () => {
  process.kill(process.pid, 'SIGTERM')
  setTimeout(() => process.exit(1), 5000).unref()
})
// The channel must not keep alive what has nothing else to do.
process.channel?.unref()

// Only this process is on the leash. What it forks would inherit the preload, and lose a channel that is its own.
const at = process.execArgv.indexOf(import.meta.url)
if (at > 0) process.execArgv.splice(at - 1, 2)
