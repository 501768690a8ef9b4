// A short stable name for a finding, the same on every machine and as long as nothing it rests on changes.

/** 16 hexadecimal digits. Not for security: two multiplicative hashes (FNV-1a with different primes) over the parts. */
export function fingerprint(parts: readonly (string | number)[]): string {
  let a = 0x811c9dc5
  let b = 0x9747b28c
  for (const part of parts) {
    const text = `${part}\u0000`
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      a = Math.imul(a ^ code, 0x01000193)
      b = Math.imul(b ^ code, 0x85ebca6b)
      b ^= b >>> 13
    }
  }
  return hex(a) + hex(b)
}

function hex(n: number): string {
  return (n >>> 0).toString(16).padStart(8, '0')
}
