// The real worker process, but one that dies when it is to draw a figure, as where memory runs out.
await import('../dist/main/worker.js')

process.on('message', (message) => {
  if (message.kind === 'run' && message.job === 'figure') process.kill(process.pid, 'SIGKILL')
})
