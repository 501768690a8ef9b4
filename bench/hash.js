// The floor under any cache: reads every file of a folder and hashes it.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = process.argv[2]
for (const name of readdirSync(folder)) createHash('sha1').update(readFileSync(join(folder, name))).digest('hex')
