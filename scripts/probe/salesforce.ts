/** Salesforce as a subject of the probe. `--key` is an access token of a session for the API. */
import type { Delivery, Request, Send } from '../../src/crm/adapter.ts';
import { about } from '../../src/crm/salesforce/about.ts';
import { makeApi } from '../../src/crm/salesforce/api.ts';
import { BASE, LINKS, objectOf } from '../../src/crm/salesforce/fields.ts';
import { type Row, rowOf, rowsOf, type Subject, text } from './subject.ts';

const OBJECTS: Readonly<Record<string, string>> = { '001': 'Account', '003': 'Contact', '00U': 'Event', '00T': 'Task' };
const place = (id: unknown): string | null => {
  const object = OBJECTS[text(id).slice(0, 3)];
  return object ? `${BASE}/sobjects/${object}/${text(id)}` : null;
};

const make = async (send: Send, object: string, body: Row): Promise<string> => {
  const answer = await send({ method: 'POST', path: `${BASE}/sobjects/${object}`, body });
  const { id } = rowOf(answer.text);
  if (typeof id !== 'string') throw new Error(`no ${object} could be made: HTTP ${answer.status}`);
  return id;
};

const query = async (send: Send, soql: string): Promise<readonly Row[]> => {
  const answer = await send({ method: 'GET', path: `${BASE}/query?q=${encodeURIComponent(soql)}` });
  return rowsOf(rowOf(answer.text).records);
};

const peopleOn = async (send: Send, id: string, who: unknown): Promise<readonly string[]> => {
  const object = objectOf(id);
  if (!object) return [];
  const { object: relation, activity } = LINKS[object];
  // Without Shared Activities there is no such object: then the one person is all.
  const links = await query(send, `SELECT RelationId FROM ${relation} WHERE ${activity} = '${id}'`);
  const people = links.map(({ RelationId }) => text(RelationId)).filter((one) => one.startsWith('003'));
  return [...new Set([...(text(who) ? [text(who)] : []), ...people])];
};

const iso = (value: unknown): string | null =>
  text(value) ? new Date(text(value).replace(/\+0000$/, 'Z')).toISOString() : null;

export const subject: Subject = {
  about,
  makeApi,
  signIn: async (_bare, _user, key) => ({ authorization: `Bearer ${key}` }),
  stage: async (send, label) => {
    const account = await make(send, 'Account', { Name: label });
    const person = (FirstName: string) =>
      make(send, 'Contact', { FirstName, LastName: label, AccountId: account, Email: 'probe@example.com' });
    return { account, people: [await person('Ada'), await person('Ben')] };
  },
  seen: async (send, _delivery, id) => {
    const object = objectOf(id);
    const answer = await send({ method: 'GET', path: `${BASE}/sobjects/${object}/${id}` });
    if (answer.status !== 200) return null;
    const row = rowOf(answer.text);
    return {
      subject: text(row.Subject),
      note: text(row.Description),
      start: iso(row.StartDateTime),
      end: iso(row.EndDateTime),
      due: object === 'Task' ? text(row.ActivityDate) || null : null,
      people: await peopleOn(send, id, row.WhoId),
    };
  },
  scribble: async (send, _delivery: Pick<Delivery, 'kind' | 'step'>, id, words) => {
    const path = place(id) ?? '';
    const before = text(rowOf((await send({ method: 'GET', path })).text).Description);
    await send({ method: 'PATCH', path, body: { Description: [before, words].filter(Boolean).join('\n') } });
  },
  remove: async (send, _delivery, id) => (await send({ method: 'DELETE', path: place(id) ?? '' })).status === 204,
  made: ({ method, path }: Request, { text: answer }) => {
    if (method !== 'POST' && !path.includes('/composite/')) return [];
    // One record, or one answer for each of a collection.
    const rows = answer.startsWith('[') ? rowsOf(JSON.parse(answer)) : [rowOf(answer)];
    return rows.flatMap((row) => place(row.id) ?? []);
  },
};
