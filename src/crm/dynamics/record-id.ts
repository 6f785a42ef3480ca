/** Record ids are GUIDs. They come with or without braces, in either case; they are kept bare and in lower case. */

/** The canonical form; null when it is no GUID. */
export const canonicalId = (id: string): string | null => {
  const at = /^({)?([\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12})(})?$/i.exec(id);
  return at && !at[1] === !at[4] ? at[2]!.toLowerCase() : null;
};
