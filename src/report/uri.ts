// Paths of files as URIs: relative to the root of the project, percent-encoded.

/** `playbooks/gym club.yaml` → `playbooks/gym%20club.yaml`; absolute paths (POSIX, Windows) become `file:` URIs. */
export function uriOf(path: string): string {
  const parts = path.replaceAll('\\', '/').split('/').map(encodePart)
  const drive = /^[A-Za-z]:(?=\/)/.exec(path.replaceAll('\\', '/'))?.[0]
  if (drive) return `file:///${drive}/${parts.slice(1).join('/')}`
  return path.startsWith('/') ? `file://${parts.join('/')}` : parts.join('/')
}

/** Whether a path is meant from the root of the project on. */
export function isRelative(path: string): boolean {
  return !/^(?:[\\/]|[A-Za-z]:[\\/])/.test(path)
}

function encodePart(part: string): string {
  return encodeURIComponent(wellFormed(part)).replace(
    /[!'()*]/g,
    mark => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** `encodeURIComponent` throws on halves of surrogate pairs. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
}
