/** Record ids: three characters of type, two of instance, one reserved, nine of number; three more as a checksum of the case. */

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECKSUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const INSTANCE = 'Hd';

/** The 18-character form: each checksum letter says which of five characters are capitals. */
export function to18(id15: string): string {
  let suffix = '';
  for (let chunk = 0; chunk < 3; chunk += 1) {
    let bits = 0;
    for (let position = 0; position < 5; position += 1) {
      const letter = id15.charAt(chunk * 5 + position);
      if (letter >= 'A' && letter <= 'Z') bits |= 1 << position;
    }
    suffix += CHECKSUM.charAt(bits);
  }
  return id15 + suffix;
}

/** A repeatable id that looks like a real one: the counter is spread so that neighbours do not differ in one digit only. */
export function makeId(prefix: string, count: number): string {
  let left = 300_000_000 + count * 7919;
  let digits = '';
  while (left > 0) {
    digits = BASE62.charAt(left % 62) + digits;
    left = Math.floor(left / 62);
  }
  return to18(`${prefix}${INSTANCE}0${digits.padStart(9, '0')}`);
}

/** 15 or 18 characters to 18; undefined when it cannot be an id at all. */
export function normaliseId(text: string): string | undefined {
  if (/^[A-Za-z0-9]{15}$/.test(text)) return to18(text);
  if (/^[A-Za-z0-9]{18}$/.test(text) && to18(text.slice(0, 15)) === text) return text;
  return undefined;
}
