// How messages about configurations show values and lists; apart, so that nothing needs the YAML parser for it.

/** `a, b or c` */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}

/** A value as a message shows it: short, in one line. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (value !== null && typeof value === 'object') return 'a mapping'
  if (value === null || value === undefined) return 'nothing'
  return typeof value === 'string' ? `"${value.slice(0, 60)}"` : String(value)
}
