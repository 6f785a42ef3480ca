/** Where the person is in the dashboard: a hash route, read and written by two pure functions. */
export type Place =
  | { readonly view: 'today' }
  | { readonly view: 'contacts'; readonly find: string }
  | { readonly view: 'contact'; readonly contact: string }
  | { readonly view: 'held' }
  | { readonly view: 'requests' }
  | { readonly view: 'evidence' };

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** An address nobody wrote leads to Today, never to an empty page. */
export const placeOf = (hash: string): Place => {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?');
  const [view, ...rest] = path.split('/');
  const key = decoded(rest.join('/'));
  if (view === 'contacts' && key) return { view: 'contact', contact: key };
  if (view === 'contacts') return { view: 'contacts', find: new URLSearchParams(query).get('find') ?? '' };
  if (view === 'held' || view === 'requests' || view === 'evidence') return { view };
  return { view: 'today' };
};

export const hashOf = (place: Place): string => {
  if (place.view === 'contact') return `#/contacts/${encodeURIComponent(place.contact)}`;
  if (place.view === 'contacts' && place.find) return `#/contacts?find=${encodeURIComponent(place.find)}`;
  return `#/${place.view}`;
};
