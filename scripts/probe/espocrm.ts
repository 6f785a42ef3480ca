/** EspoCRM as a subject of the probe. */
import type { Send } from '../../src/crm/adapter.ts';
import { about } from '../../src/crm/espocrm/about.ts';
import { makeApi } from '../../src/crm/espocrm/api.ts';
import { fromCrm } from '../../src/crm/espocrm/dates.ts';
import { BASE } from '../../src/crm/espocrm/fields.ts';
import { markIn, withMark, wordsIn } from '../../src/crm/espocrm/mark.ts';
import { shapeOf } from '../../src/crm/espocrm/payload.ts';
import { type Row, rowOf, type Subject, text } from './subject.ts';

const make = async (send: Send, entity: string, body: Row): Promise<string> => {
  // Our own people may look like somebody who is there: the check is the organisation's, the names are ours.
  const headers = { 'x-skip-duplicate-check': 'true' };
  const answer = await send({ method: 'POST', path: `${BASE}/${entity}`, headers, body });
  const { id } = rowOf(answer.text);
  if (typeof id !== 'string')
    throw new Error(`no ${entity} could be made: HTTP ${answer.status} ${answer.headers['x-status-reason'] ?? ''}`);
  return id;
};

export const subject: Subject = {
  about,
  makeApi,
  signIn: async (bare, user, key) => {
    if (about.auth.kind !== 'key') return null;
    if (user === null) return about.auth.headers(about.auth.fromKey(key));
    const credential = about.auth.login.credential(user, await bare(about.auth.login.request(user, key)));
    return credential === null ? null : about.auth.headers(credential);
  },
  stage: async (send, label) => {
    const account = await make(send, 'Account', { name: label });
    const person = (first: string) =>
      make(send, 'Contact', {
        firstName: first,
        lastName: label,
        accountId: account,
        emailAddress: `${first}.${label.replace(/\W/g, '')}@example.com`.toLowerCase(),
      });
    return { account, people: [await person('Ada'), await person('Ben')] };
  },
  seen: async (send, delivery, id) => {
    const { entity } = shapeOf(delivery);
    const answer = await send({ method: 'GET', path: `${BASE}/${entity}/${id}` });
    if (answer.status !== 200) return null;
    const row = rowOf(answer.text);
    const listed =
      entity === 'Task'
        ? null
        : await send({ method: 'GET', path: `${BASE}/${entity}/${id}/contacts?select=id&maxSize=20` });
    const people = listed
      ? ((rowOf(listed.text).list ?? []) as readonly Row[]).map((one) => text(one.id))
      : row.parentType === 'Contact'
        ? [text(row.parentId)]
        : [];
    return {
      subject: text(row.name),
      note: wordsIn(text(row.description)),
      start: fromCrm(text(row.dateStart)),
      end: fromCrm(text(row.dateEnd)),
      due: text(row.dateEndDate) || null,
      people,
    };
  },
  scribble: async (send, delivery, id, words) => {
    const path = `${BASE}/${shapeOf(delivery).entity}/${id}`;
    const description = text(rowOf((await send({ method: 'GET', path })).text).description);
    await send({ method: 'PATCH', path, body: { description: withMark(words, markIn(description)) } });
  },
  remove: async (send, delivery, id) =>
    (await send({ method: 'DELETE', path: `${BASE}/${shapeOf(delivery).entity}/${id}` })).status === 200,
  made: ({ method, path }, answer) => {
    const entity = /\/api\/v1\/(\w+)$/.exec(path)?.[1];
    const { id } = rowOf(answer.text);
    return method === 'POST' && entity && typeof id === 'string' ? [`${BASE}/${entity}/${id}`] : [];
  },
};
