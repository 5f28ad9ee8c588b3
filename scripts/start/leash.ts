// Preloaded into every child (`node --import`): when the process that started it is gone, however it went, the child ends too.
process.once('disconnect', () => {
  process.kill(process.pid, 'SIGTERM')
  setTimeout(() => process.exit(1), 5000).unref()
})
// The channel must not keep alive what has nothing else to do.
process.channel?.unref()
