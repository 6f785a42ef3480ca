/** Dynamics 365 as a subject of the probe. `--key` is an access token for the organisation. */
import type { Send } from '../../src/crm/adapter.ts';
import { about } from '../../src/crm/dynamics/about.ts';
import { makeApi } from '../../src/crm/dynamics/api.ts';
import { BASE, SETS, type Table } from '../../src/crm/dynamics/fields.ts';
import { HEADERS } from '../../src/crm/dynamics/outcome.ts';
import { type Row, rowOf, rowsOf, type Subject, text } from './subject.ts';

const place = (id: string): string => {
  const [table = '', guid = ''] = id.split(':');
  return `${BASE}/${SETS[table as Table]}(${guid})`;
};

const make = async (send: Send, set: string, body: Row): Promise<string> => {
  const answer = await send({ method: 'POST', path: `${BASE}/${set}`, headers: HEADERS, body });
  const id = /\(([0-9a-f-]{36})\)/.exec(answer.headers['odata-entityid'] ?? '')?.[1];
  if (!id) throw new Error(`no record of ${set} could be made: HTTP ${answer.status}`);
  return id;
};

const iso = (value: unknown): string | null => (text(value) ? new Date(text(value)).toISOString() : null);

export const subject: Subject = {
  about,
  makeApi,
  signIn: async (_bare, _user, key) => ({ authorization: `Bearer ${key}` }),
  stage: async (send, label) => {
    const account = await make(send, 'accounts', { name: label });
    const person = (firstname: string) =>
      make(send, 'contacts', {
        firstname,
        lastname: label,
        'parentcustomerid_account@odata.bind': `/accounts(${account})`,
      });
    return { account, people: [await person('Ada'), await person('Ben')] };
  },
  seen: async (send, _delivery, id) => {
    const answer = await send({ method: 'GET', path: place(id), headers: HEADERS });
    if (answer.status !== 200) return null;
    const row = rowOf(answer.text);
    const guid = id.split(':')[1] ?? '';
    const filter = encodeURIComponent(`_record1id_value eq ${guid}`);
    const linked = await send({
      method: 'GET',
      path: `${BASE}/connections?$select=_record2id_value&$filter=${filter}`,
      headers: HEADERS,
    });
    const others = rowsOf(rowOf(linked.text).value).map(({ _record2id_value }) => text(_record2id_value));
    const regarded = text(row._regardingobjectid_value);
    const account = await send({ method: 'GET', path: `${BASE}/accounts(${regarded})?$select=name`, headers: HEADERS });
    const isTask = id.startsWith('task:');
    return {
      subject: text(row.subject),
      note: text(row.description),
      start: iso(row.scheduledstart),
      end: iso(row.scheduledend),
      due: isTask ? text(row.scheduledend).slice(0, 10) || null : null,
      people: [...new Set([...(regarded && account.status !== 200 ? [regarded] : []), ...others])],
    };
  },
  scribble: async (send, _delivery, id, words) => {
    const before = text(rowOf((await send({ method: 'GET', path: place(id), headers: HEADERS })).text).description);
    const body = { description: [before, words].filter(Boolean).join('\n') };
    await send({ method: 'PATCH', path: place(id), headers: { ...HEADERS, 'If-None-Match': 'null' }, body });
  },
  remove: async (send, _delivery, id) =>
    (await send({ method: 'DELETE', path: place(id), headers: HEADERS })).status === 204,
  made: (_request, { headers, text: answer }) => {
    const named = [headers['odata-entityid'] ?? '', ...answer.split('\n')]
      .map((line) => /(\/api\/data\/v9\.2\/\w+\([0-9a-f-]{36}\))\s*$/i.exec(line)?.[1])
      .flatMap((path) => path ?? []);
    // A connection goes with either of its ends.
    return named.filter((path) => !path.includes('/connections('));
  },
};
