// Reads separated values with a heading; cells may be quoted, hold separators, line ends and doubled quotes. Linear.

/** Each record as its cells by the name of their column, with the line on which it begins. */
export function parseCsv(text, separator) {
  const [heading, ...records] = recordsOf(text.replace(/^\uFEFF/, ''), separator)
  const names = heading.cells.map(name => name.trim())
  return records.map(({ line, cells }) => ({
    line,
    cells: Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ''])),
  }))
}

function recordsOf(text, separator) {
  const records = []
  let line = 1
  let record = { line, cells: [] }
  const end = () => {
    if (record.cells.length > 1 || record.cells[0] !== '') records.push(record)
    record = { line, cells: [] }
  }
  for (let i = 0; i < text.length; ) {
    const { cell, next } = text[i] === '"' ? quoted(text, i, separator) : plain(text, i, separator)
    record.cells.push(cell)
    for (let k = i; k < next; k++) if (text[k] === '\n') line++
    i = next
    if (text[i] === separator) {
      i++
      // A separator at the very end stands before an empty cell.
      if (i < text.length && text[i] !== '\n') continue
      record.cells.push('')
    }
    if (text[i] === '\n') line++
    i++
    end()
  }
  return records
}

function plain(text, from, separator) {
  let next = from
  while (next < text.length && text[next] !== separator && text[next] !== '\n') next++
  return { cell: text.slice(from, next).replace(/\r$/, ''), next }
}

function quoted(text, from, separator) {
  let cell = ''
  let next = from + 1
  for (; next < text.length; next++) {
    if (text[next] !== '"') cell += text[next]
    else if (text[next + 1] === '"') cell += text[++next]
    else break
  }
  const rest = plain(text, Math.min(next + 1, text.length), separator)
  return { cell: cell + rest.cell, next: rest.next }
}
