/**
 * What a log says in a field where people of the CRM write too. What they wrote stays, below ours; a second time
 * nothing is added.
 */
export const beside = (ours: string, there: string | null): string => {
  const theirs = there?.trim() ?? '';
  return theirs.startsWith(ours) ? theirs : [ours, theirs].filter(Boolean).join('\n\n');
};
