// Durations as people and ISO 8601 write them: "5 min", "2 business days", "PT90S".

const SECONDS: Readonly<Record<string, number>> = {
  s: 1,
  sec: 1,
  secs: 1,
  second: 1,
  seconds: 1,
  min: 60,
  mins: 60,
  minute: 60,
  minutes: 60,
  m: 60,
  h: 3600,
  hour: 3600,
  hours: 3600,
  hr: 3600,
  hrs: 3600,
  d: 86_400,
  day: 86_400,
  days: 86_400,
  'business day': 86_400,
  'business days': 86_400,
  'working day': 86_400,
  'working days': 86_400,
  week: 604_800,
  weeks: 604_800,
}

/** Seconds, or undefined if it is no duration. A bare number is none: its unit is unknown. */
export function durationOf(value: unknown): number | undefined {
  if (typeof value !== 'string' || value.length > 60) return undefined
  const text = value.trim().toLowerCase().replace(/\s+/g, ' ')
  const iso =
    /^p(?:(\d+(?:\.\d+)?)w)?(?:(\d+(?:\.\d+)?)d)?(?:t(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m)?(?:(\d+(?:\.\d+)?)s)?)?$/.exec(
      text,
    )
  if (iso && /\d/.test(text))
    return (
      Number(iso[1] ?? 0) * 604_800 +
      Number(iso[2] ?? 0) * 86_400 +
      Number(iso[3] ?? 0) * 3600 +
      Number(iso[4] ?? 0) * 60 +
      Number(iso[5] ?? 0)
    )
  const plain = /^(\d+(?:\.\d+)?) ?([a-z ]+)$/.exec(text)
  if (!plain) return undefined
  const unit = plain[2]!.trim()
  return Object.hasOwn(SECONDS, unit) ? Number(plain[1]) * SECONDS[unit]! : undefined
}
