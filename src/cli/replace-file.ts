// Writes a file as a whole or not at all: a kill or a full disk in the middle leaves the old one.
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { decode } from './text.ts'

/** Replaces or makes a file; where it is a symbolic link, the file it leads to. Throws what the file system throws. */
export function replaceFile(path: string, text: string): void {
  const exists = existsSync(path)
  const real = exists ? realpathSync(path) : path
  const beside = `${real}.wayout-${process.pid}`
  try {
    writeFileSync(beside, text)
    if (exists) chmodSync(beside, statSync(real).mode & 0o7777)
    renameSync(beside, real)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}

/** Why a file that was read may not be written, in words; null if it may. */
export function unwritable(path: string): string | null {
  try {
    // Who may do anything may write this too, but somebody has said that nobody should.
    if ((statSync(path).mode & 0o222) === 0) return 'it is read-only'
    accessSync(path, constants.W_OK)
    return null
  } catch (fault) {
    return whyNot(fault)
  }
}

/**
 * Puts a text in the place of the one that was read from a file, with its byte order mark. Why it could not, in words,
 * and the file is as it was; null if it could.
 */
export function rewriteFile(path: string, before: string, after: string): string | null {
  try {
    const bytes = readFileSync(path)
    const now = decode(bytes)
    if ('error' in now || now.text !== before) return 'it has changed meanwhile'
    const no = unwritable(path)
    if (no !== null) return no
    replaceFile(path, bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? `\ufeff${after}` : after)
    return null
  } catch (fault) {
    return whyNot(fault)
  }
}

const REASONS: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENOENT: 'it is gone',
}

function whyNot(fault: unknown): string {
  const { code, message } = fault as NodeJS.ErrnoException
  return `it cannot be written (${REASONS[code ?? ''] ?? code ?? message})`
}
