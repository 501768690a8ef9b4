// Writes a file as a whole or not at all: a kill or a full disk in the middle leaves the old one.
import { existsSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'

/** Replaces or makes a file; where it is a symbolic link, the file it leads to. Throws what the file system throws. */
export function replaceFile(path: string, text: string): void {
  const exists = existsSync(path)
  const real = exists ? realpathSync(path) : path
  const beside = `${real}.wayout-${process.pid}`
  try {
    writeFileSync(beside, text, exists ? { mode: statSync(real).mode } : {})
    renameSync(beside, real)
  } catch (error) {
    rmSync(beside, { force: true })
    throw error
  }
}
