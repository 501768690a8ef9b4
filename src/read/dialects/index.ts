// The foreign flow formats wayout reads. A further one is a file in this folder and a line here.
import { amazonConnect } from './amazon-connect.ts'
import { copilotStudio } from './copilot-studio.ts'
import type { Dialect } from './dialect.ts'
import { rasaCalm } from './rasa-calm.ts'
import { twilioStudio } from './twilio-studio.ts'

export type { Dialect } from './dialect.ts'
export { withDomain } from './rasa-calm.ts'

/** In the order in which they are asked whether a file is theirs. */
export const dialects: Dialect[] = [amazonConnect, twilioStudio, rasaCalm, copilotStudio]
