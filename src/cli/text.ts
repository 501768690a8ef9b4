// From a file or standard input to text: what is no readable UTF-8 text is told, never guessed at.
import { isUtf8 } from 'node:buffer'
import { readFileSync, statSync } from 'node:fs'

/** More than any playbook; below what would fill the memory. */
export const LARGEST = 32 * 1024 * 1024

export type Text = { text: string } | { error: string }

/** The text of a regular file (links followed). Devices, pipes and folders are never opened. */
export function readText(absolute: string): Text {
  try {
    const stats = statSync(absolute)
    if (stats.isDirectory()) return { error: 'is a folder' }
    if (stats.isFIFO()) return { error: 'is a pipe, not a file; to read standard input write "-"' }
    if (!stats.isFile()) return { error: 'is a device or socket, not a file' }
    if (stats.size > LARGEST) return { error: `is larger than ${LARGEST / 1024 / 1024} MB` }
    return decode(readFileSync(absolute))
  } catch (fault) {
    return { error: reason(fault) }
  }
}

/** All of standard input. */
export async function readStream(stream: AsyncIterable<Uint8Array | string>): Promise<Text> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
    size += bytes.length
    if (size > LARGEST) return { error: `is larger than ${LARGEST / 1024 / 1024} MB` }
    chunks.push(bytes)
  }
  return decode(Buffer.concat(chunks))
}

/** Bytes as UTF-8, without a byte order mark. O(size). */
export function decode(bytes: Buffer): Text {
  const utf16 = utf16Kind(bytes)
  if (utf16) return { error: `is UTF-16 (${utf16} endian) text; save it as UTF-8` }
  if (!isUtf8(bytes)) return { error: `is not UTF-8 text (line ${firstBadLine(bytes)}); save it as UTF-8` }
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  return { text: bytes.toString('utf8', marked ? 3 : 0) }
}

/** UTF-16 has its byte order mark, or every other byte of its beginning is zero (as in mostly Latin text). */
function utf16Kind(bytes: Buffer): 'little' | 'big' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'little'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'big'
  const zeros = [0, 0]
  const looked = Math.min(bytes.length, 512) & ~1
  for (let i = 0; i < looked; i++) if (bytes[i] === 0) zeros[i & 1]! += 1
  if (zeros[1]! * 4 > looked && zeros[0] === 0) return 'little'
  if (zeros[0]! * 4 > looked && zeros[1] === 0) return 'big'
  return undefined
}

/** No UTF-8 sequence contains a line feed, so lines can be looked at one by one. */
function firstBadLine(bytes: Buffer): number {
  let line = 1
  for (let start = 0; start < bytes.length; line++) {
    const feed = bytes.indexOf(10, start)
    const end = feed < 0 ? bytes.length : feed
    if (!isUtf8(bytes.subarray(start, end))) return line
    start = end + 1
  }
  return line
}

const REASONS: Record<string, string> = {
  ENOENT: 'no such file or folder',
  ENOTDIR: 'no such file or folder',
  EACCES: 'may not be read (permission denied)',
  EPERM: 'may not be read (permission denied)',
  ELOOP: 'is a symbolic link that leads to itself',
  EISDIR: 'is a folder',
  ENAMETOOLONG: 'is a name too long for this system',
}

/** Why the file system said no, in plain words. */
export function reason(fault: unknown): string {
  const { code, message } = fault as NodeJS.ErrnoException
  return REASONS[code ?? ''] ?? `could not be read (${code ?? message})`
}
