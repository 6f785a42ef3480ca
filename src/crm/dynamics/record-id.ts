/** Record ids are GUIDs. They come with or without braces, in either case; they are kept bare and in lower case. */

/** The canonical form; null when it is no GUID. */
export const canonicalId = (id: string): string | null =>
  /^(\{[^{}]+\}|[^{}]+)$/.test(id)
    ? (/^\W?([\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})\W?$/i.exec(id)?.[1]?.toLowerCase() ?? null)
    : null;
