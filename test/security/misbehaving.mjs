// Stands in for a decoder with a bug: it does what the file's first word says.
process.on('message', ({ bytes }) => {
  const [word] = Buffer.from(bytes).toString().split(' ')
  if (word === 'good') process.send({ is: 'good' })
  if (word === 'failed') process.send({ is: 'failed' })
  if (word === 'secrets') process.send({ is: 'refused', status: 422, code: JSON.stringify(process.env), message: '' })
  if (word === 'crash') process.abort()
  if (word === 'forever') for (;;);
  if (word === 'memory') for (const held = []; ;) held.push(Buffer.alloc(8 * 1024 * 1024, 1))
})
process.send({ is: 'ready' })
