/** Where the person is in the dashboard: a hash route, read and written by two pure functions. */
export type Place =
  | { readonly view: 'today' }
  | { readonly view: 'contacts'; readonly find: string }
  | { readonly view: 'contact'; readonly contact: string }
  /** Several people, one after the other. */
  | { readonly view: 'tell'; readonly contacts: readonly string[] }
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
  if (view === 'tell' && key) return { view, contacts: rest.filter(Boolean).map(decoded) };
  if (view === 'held' || view === 'requests' || view === 'evidence') return { view };
  return { view: 'today' };
};

export const hashOf = (place: Place): string => {
  if (place.view === 'contact') return `#/contacts/${encodeURIComponent(place.contact)}`;
  if (place.view === 'contacts' && place.find) return `#/contacts?find=${encodeURIComponent(place.find)}`;
  if (place.view === 'tell') return `#/tell/${place.contacts.map(encodeURIComponent).join('/')}`;
  return `#/${place.view}`;
};
