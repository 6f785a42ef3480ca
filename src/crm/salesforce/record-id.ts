/**
 * Record ids come as 15 characters, where case matters, or as 18, where the last three say which of the fifteen
 * are capitals. Only the longer form survives tools that ignore case, so it is the one that is kept.
 */

/** The 18-character form; null when it cannot be an id, or when its checksum says that it was mangled. */
export const canonicalId = (id: string): string | null => {
  const short = id.slice(0, 15);
  // Five characters become one of A to Z and 0 to 5: a bit for each capital, the lowest for the first.
  const checksum = short.replace(/.{5}/g, (five) => {
    const bits = [...five].reduceRight((sum, letter) => sum * 2 + Number(letter > '9' && letter < 'a'), 0);
    return ((bits + 10) % 36).toString(36).toUpperCase();
  });
  const long = short + checksum;
  return /^[^\W_]{15}(...)?$/.test(id) && long.startsWith(id) ? long : null;
};
