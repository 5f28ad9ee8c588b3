/**
 * What `--help` prints: what the command does, how it is called, and every option in a line or two.
 *
 * @param {import('./read.mjs').AnyCommand} command
 */
export function helpText({ name, does, forms, options }) {
  const words = forms.filter(Boolean)
  const beside = words.length === 0 ? '' : forms.includes('') ? ` [${words.join(' | ')}]` : ` ${words.length === 1 ? words[0] : `(${words.join(' | ')})`}`
  const rows = Object.entries(options).map(([option, { takes, means, bounds, required, shown }]) => {
    const notes = [bounds, required ? 'wajib · required' : '', shown].filter(Boolean)
    return [`--${option}${takes === '' ? '' : ` ${takes}`}`, `${means}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`]
  })
  rows.push(['--help, -h', 'bantuan ini · this help'])
  const width = Math.max(...rows.map(([left = '']) => left.length))
  return [`${name}${beside}${Object.keys(options).length > 0 ? ' [pilihan · options]' : ''}`, '', does, '', ...rows.map(([left = '', right]) => `  ${left.padEnd(width)}  ${right}`)].join('\n')
}
