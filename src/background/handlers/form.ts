/** The form: bound to record, user, role, zone and moment when it opens; its draft kept from the first letter. */
import type { FormView, Person } from '../../contract.ts';
import { sha256Hex } from '../../domain/hash.ts';
import { accepts, asksOf } from '../../domain/own-fields.ts';
import { locate, provenBy, readRecord, searchCrm } from '../directory.ts';
import { connectionId, type House } from '../house.ts';
import { nearOf, scopeOf } from '../line.ts';
import { byId, byRemote, crmId, folded, type Known, ranked, type Scope } from '../people.ts';
import type { ConnectionRow, DraftRow, FormRow } from '../store/schema.ts';
import type { ReadTx, WriteTx } from '../store/store.ts';
import { light } from '../views/light.ts';
import { ownView } from '../views/own.ts';
import { type Light, personView } from '../views/person.ts';
import { type Opening, openingName } from './badge.ts';
import { type Asker, done, type Handler, refused } from './handler.ts';

const PEOPLE_SHOWN = 60;
const FOUND_SHOWN = 8;
/** A frame reports this long after the person asked for it at the latest; later it was not asked for. */
const OPENING_LASTS_MS = 10_000;

const allowedName = (tab: number, formId: string): string => `mayCommit/${tab}/${formId}`;

/** A frame in a page may commit a form only if the person asked for that frame: by the command, or a seen badge. */
const wasAskedFor = async ({ platform }: House, { caller, tab }: Asker): Promise<boolean> => {
  if (caller === 'own') return true;
  if (!tab) return false;
  const opening = (await platform.session.get(openingName(tab.id))) as Opening | undefined;
  return opening !== undefined && platform.now() - opening.at < OPENING_LASTS_MS;
};

export const mayCommit = async ({ platform }: House, { caller, tab }: Asker, formId: string): Promise<boolean> =>
  caller === 'own' || (tab !== null && (await platform.session.get(allowedName(tab.id, formId))) === true);

/** A frame that may commit one form may commit the one that goes on with its words. */
export const letCommit = async ({ platform }: House, { tab }: Asker, formId: string): Promise<void> => {
  if (tab) await platform.session.set(allowedName(tab.id, formId), true);
};

/** Where the form is opened: the tab of a guest, the active tab for the popup. */
const addressOf = async ({ platform }: House, { caller, tab }: Asker): Promise<string | null> =>
  caller === 'own' ? ((await platform.activeTab())?.url ?? null) : (tab?.url ?? null);

export const openForm: Handler<'openForm'> = async (house, _ask, asker) => {
  const { store, platform } = house;
  // Built while the person begins to type; who needs it waits for it, and hears why if the store refuses.
  house.people.ready().catch(() => {});
  const [address, allowed] = await Promise.all([addressOf(house, asker), wasAskedFor(house, asker)]);
  const located = await locate(house, address);
  const found = located ?? provenBy(house.abouts, address);
  if (located) {
    // The page's people are read by the badge already; a popup on a fresh profile reads them here. Offline is fine.
    await readRecord(house, located.connection, located.record).catch(() => {});
  }
  const form = await store.write(async (tx): Promise<FormRow> => {
    const record = found?.record ?? null;
    const connection = found ? connectionId(found.about.id, found.record.tenant) : null;
    const user = connection ? ((await tx.get('connections', connection))?.userId ?? null) : null;
    const place = [connection ?? '-', record ? `${record.type}/${record.id}` : '-', user ?? '-'].join('|');
    const [open] = (await tx.all('forms', { index: 'place', prefix: place })).filter(({ savedAs }) => savedAs === null);
    const draft = open ? await tx.get('drafts', open.formId) : undefined;
    // Without a word in it there is nothing to restore, and the moment of opening is now. It stays the same form: what is
    // typed while it is asked for again, or in a second window, must not belong to one that is gone.
    const restored = open && draft && (draft.text !== '' || draft.private !== null) ? open : null;
    const row: FormRow = restored ?? {
      formId: open?.formId ?? platform.id(),
      openedAt: new Date(platform.now()).toISOString(),
      zone: platform.zone(),
      connection: connection && (await tx.get('connections', connection)) ? connection : null,
      user,
      role: 'manager',
      record,
      place,
      choices: {},
      ...(open?.own ? { own: open.own } : {}),
      savedAs: null,
    };
    await tx.put('forms', row);
    return row;
  });
  const [view] = await Promise.all([
    store.read((tx) => formView(tx, house, form, asker, allowed)),
    allowed ? letCommit(house, asker, form.formId) : null,
  ]);
  return view;
};

export const formView = async (
  tx: ReadTx,
  house: House,
  form: FormRow,
  { caller }: Asker,
  allowed: boolean,
): Promise<FormView> => {
  const lit = await light(tx, house);
  const connection = form.connection ? ((await tx.get('connections', form.connection)) ?? null) : null;
  const scope = await scopeOf(tx, house.people, form);
  const colleagues = await colleaguesIn(tx, scope);
  const show = await shower(tx, lit);
  const about = house.abouts.find(({ id }) => id === connection?.crm) ?? null;
  const account = scope.account && connection ? await tx.get('accounts', [connection.id, scope.account]) : undefined;
  const name = form.record?.type === 'account' ? account?.name : scope.pageContact?.name;
  const told = colleagues.filter((known) => show(known).status.flag === 'told').length;
  const draft = await tx.get('drafts', form.formId);
  return {
    formId: form.formId,
    now: form.openedAt,
    zone: form.zone,
    crm: about ? { id: about.id, name: about.name } : null,
    asks: openAsks(connection, form),
    record: form.record && name !== undefined ? { type: form.record.type, name, account: account?.name ?? null } : null,
    ...(form.record && name === undefined ? { unread: true } : {}),
    pageContact: scope.pageContact ? show(scope.pageContact) : null,
    people: (await peopleAtHand(tx, scope, colleagues)).map(show),
    lastPeople: (await lastPeople(tx, form, scope.account)).map(show),
    draft: draft ? shownDraft(draft, caller) : '',
    privateKept: caller === 'guest' && draft?.private != null,
    mayCommit: allowed,
    account: account ? { name: account.name, told, untold: colleagues.length - told } : null,
    connection: connection?.state ?? 'none',
  };
};

const colleaguesIn = async (tx: ReadTx, { connection, account }: Scope): Promise<readonly Known[]> => {
  if (!connection || !account) return [];
  const rows = await tx.all('people', { index: 'account', prefix: [connection, account] });
  return present(await Promise.all(rows.map(({ remoteId }) => byRemote(tx, connection, remoteId))));
};

/** What `@` completes before a letter is typed: page, account, recent people, then whoever comes first. */
const peopleAtHand = async (
  tx: ReadTx,
  scope: Scope & { readonly pageContact: Known | null },
  colleagues: readonly Known[],
): Promise<readonly Known[]> => {
  const recent = await Promise.all(scope.recent.slice(0, PEOPLE_SHOWN).map((contact) => byId(tx, contact)));
  const near = new Map(present([scope.pageContact, ...colleagues, ...recent]).map((known) => [known.id, known]));
  if (near.size < PEOPLE_SHOWN) {
    const first = await tx.all('people', { limit: PEOPLE_SHOWN });
    const others = await Promise.all(first.map(({ connection, remoteId }) => byId(tx, crmId(connection, remoteId))));
    for (const known of present(others)) if (!near.has(known.id)) near.set(known.id, known);
  }
  return ranked([...near.values()], scope).slice(0, PEOPLE_SHOWN);
};

const present = (known: readonly (Known | null)[]): readonly Known[] => known.filter((one) => one !== null);

const LOOKED_BACK = 200;

/** The attendees of the last log of this account; away from any account, of the last log. */
const lastPeople = async (tx: ReadTx, form: FormRow, account: string | null): Promise<readonly Known[]> => {
  const logs = await tx.all('activities', { index: 'loggedAt', from: 'last', limit: LOOKED_BACK });
  const last = logs.find(
    (log) => !log.retracted && (account === null || (log.account === account && log.connection === form.connection)),
  );
  const known: Known[] = [];
  for (const contact of last?.attendees ?? []) {
    const one = await byId(tx, contact);
    if (one) known.push(one);
  }
  return known;
};

/** Draws a person with the status that their own connection's day-one rule gives; the same person once. */
export const shower = async (tx: ReadTx, lit: Light): Promise<(known: Known) => Person> => {
  const connections = new Map<string, ConnectionRow>((await tx.all('connections')).map((one) => [one.id, one]));
  const drawn = new Map<Known, Person>();
  return (known) => {
    const view = drawn.get(known) ?? personView(known, connections.get(known.connection ?? '') ?? null, lit);
    drawn.set(known, view);
    return view;
  };
};

/** Private words never go back to a frame inside somebody's page. */
const shownDraft = ({ text, private: kept }: DraftRow, caller: Asker['caller']): string =>
  caller === 'guest' || kept === null ? text : `${text}~~${kept}`;

/**
 * Splits at the first `~~` that begins a word. A guest that was shown a locked private part sends text without it:
 * the kept part then stays, unless new private words were typed, which replace it.
 */
export const splitPrivate = (text: string): { readonly text: string; readonly private: string | null } => {
  const match = /(^|\s)~~/u.exec(text);
  if (!match) return { text, private: null };
  const at = match.index + (match[1]?.length ?? 0);
  return { text: text.slice(0, at), private: text.slice(at + 2) };
};

/** The whole text of a form as its caller knows it, with the private part that the caller was not shown. */
export const wholeText = (text: string, draft: DraftRow | undefined, caller: Asker['caller']): string => {
  const split = splitPrivate(text);
  if (caller !== 'guest' || split.private !== null || draft?.private == null) return text;
  return `${text.replace(/\s*$/u, ' ')}~~${draft.private}`;
};

/** What a guest is shown of a line, hashed. */
export const shownHash = (text: string): string => sha256Hex(splitPrivate(text).text.trimEnd());

/** The very line the form was saved with, as far as its caller ever had it. */
export const isSavedLine = ({ savedAs, savedShown }: FormRow, text: string, caller: Asker['caller']): boolean =>
  savedAs !== null &&
  (sha256Hex(text) === savedAs ||
    (caller === 'guest' && splitPrivate(text).private === null && shownHash(text) === savedShown));

/** The form that goes on where one was saved: the open one of the same place, or a new one bound as it was. */
export const goesOn = async (tx: WriteTx, { platform }: House, saved: FormRow): Promise<FormRow> => {
  const [open] = (await tx.all('forms', { index: 'place', prefix: saved.place })).filter(
    ({ savedAs }) => savedAs === null,
  );
  if (open) return open;
  const { replaces: _, ...bound } = saved;
  const next: FormRow = {
    ...bound,
    formId: platform.id(),
    openedAt: new Date(platform.now()).toISOString(),
    savedAs: null,
    choices: {},
  };
  await tx.put('forms', next);
  return next;
};

export const saveDraft: Handler<'saveDraft'> = async (house, { formId: asked, text }, { caller }) => {
  const { store, platform } = house;
  return store.write(async (tx) => {
    const form = await tx.get('forms', asked);
    if (!form) return refused('refuseFormGone');
    // The draft that saves itself may come after Enter: that line is saved already.
    if (isSavedLine(form, text, caller)) return done;
    // Saved in another window meanwhile: what is typed here since belongs to the log that goes on.
    const { formId } = form.savedAs === null ? form : await goesOn(tx, house, form);
    const before = await tx.get('drafts', formId);
    const split = splitPrivate(text);
    const kept = split.private ?? (caller === 'guest' ? (before?.private ?? null) : null);
    await tx.put('drafts', {
      formId,
      text: split.text,
      private: kept,
      savedAt: new Date(platform.now()).toISOString(),
    });
    return done;
  });
};

export const choosePerson: Handler<'choosePerson'> = async ({ store }, { formId, mention, person }) =>
  store.write(async (tx) => {
    const form = await tx.get('forms', formId);
    if (!form) return refused('refuseFormGone');
    await tx.put('forms', { ...form, choices: { ...form.choices, [folded(mention)]: person } });
    return done;
  });

/** Demands of the CRM that nobody has met yet, with what this form says to them. */
const openAsks = (connection: ConnectionRow | null, { own = {} }: FormRow): FormView['asks'] =>
  asksOf(connection?.own)
    .filter(({ name, holds }) => holds !== 'other' && connection?.own?.values[name] === undefined)
    .map((field) => ownView(field, own[field.name]));

export const answerInForm: Handler<'answerInForm'> = async ({ store }, { formId, field: name, value }) =>
  store.write(async (tx) => {
    const form = await tx.get('forms', formId);
    const connection = form?.connection ? await tx.get('connections', form.connection) : undefined;
    const field = asksOf(connection?.own).find((one) => one.name === name);
    if (!form || !field) return refused('refuseFormGone');
    if (value !== null && !accepts(field, value)) return refused('refuseOwnValue');
    const { [name]: _, ...others } = form.own ?? {};
    await tx.put('forms', { ...form, own: value === null ? others : { ...others, [name]: value } });
    return done;
  });

export const findPeople: Handler<'findPeople'> = async (house, { formId, words, inCrm }) => {
  const { store, people: search } = house;
  if (inCrm) await search.ready();
  // While everybody is still being read, whoever is there already is answered, and that it is not all of them.
  const whole = await search.begun();
  const look = () =>
    store.read(async (tx) => {
      const form = await tx.get('forms', formId);
      if (!form || folded(words) === '') return { form, people: [] };
      const drawn = light(tx, house).then((lit) => shower(tx, lit));
      const scoped = scopeOf(tx, search, form).then((scope) => nearOf(search, form, scope));
      const found = search.find(tx, words, await scoped, FOUND_SHOWN);
      const [people, show] = await Promise.all([found, drawn]);
      return { form, people: people.map(({ known }) => show(known)) };
    });
  const local = await look();
  const connection = local.form?.connection;
  // Somebody whom the device does not know is asked for in the CRM; what is here is shown whatever happens there.
  if (!inCrm || local.people.length > 0 || !connection || folded(words).length < 2) {
    return { people: local.people, whole };
  }
  const row = await store.read((tx) => tx.get('connections', connection));
  if (!row) return { people: local.people, whole };
  await searchCrm(house, row, words).catch(() => {});
  return { people: (await look()).people, whole };
};
