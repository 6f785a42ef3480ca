/** The adapter contract's promises, asked of a real server: each is kept, is not, or cannot be. */
import { type Api, type Delivery, type Outcome, type Send, Unanswered } from '../../src/crm/adapter.ts';
import type { Seen, Stage, Subject } from './subject.ts';

export interface Result {
  readonly check: string;
  readonly is: 'holds' | 'differs' | 'unsupported';
  readonly detail: string;
}

class Differs extends Error {}
class Unsupported extends Error {}

const differs = (detail: string): never => {
  throw new Differs(detail);
};
const same = (what: string, seen: unknown, wanted: unknown): void => {
  if (JSON.stringify(seen) !== JSON.stringify(wanted))
    differs(`${what} is ${JSON.stringify(seen)}, not ${JSON.stringify(wanted)}`);
};
const stored = (outcome: Outcome | null | undefined): string =>
  outcome?.is === 'stored' ? outcome.remoteId : differs(`outcome ${JSON.stringify(outcome ?? null)}`);

export interface Probe {
  readonly subject: Subject;
  readonly send: Send;
  /** The same without credentials, and with wrong ones. */
  readonly bare: Send;
  readonly wrong: Send;
  readonly label: string;
  /** Different on every run, so that nothing of an earlier one is found. */
  readonly run: string;
}

const AT = { start: '2026-02-03T14:00:00.000Z', end: '2026-02-03T14:45:00.000Z', day: '2026-02-03' };
const KINDS = ['meeting', 'call', 'email', 'visit', 'note'] as const;

export const probe = async (given: Probe, told: (result: Result) => void): Promise<readonly Result[]> => {
  const { subject, send, label, run } = given;
  const { about } = subject;
  const results: Result[] = [];
  let stage: Stage | null = null;
  const api = subject.makeApi(send);

  const check = async (name: string, body: () => Promise<string | undefined>): Promise<void> => {
    let result: Result;
    try {
      result = { check: name, is: 'holds', detail: (await body()) ?? '' };
    } catch (error) {
      const detail = error instanceof Error ? error.message || error.name : String(error);
      result = { check: name, is: error instanceof Unsupported ? 'unsupported' : 'differs', detail };
    }
    results.push(result);
    told(result);
  };
  const on = (): Stage => {
    if (!stage) throw new Unsupported('needs the account and the people that could not be made');
    return stage;
  };
  const record = (key: string, kind: Delivery['kind'] = 'meeting'): Extract<Delivery, { step: 'record' }> => ({
    key: `${run}-${key}`,
    kind,
    step: 'record',
    ...AT,
    subject: label,
    who: on().people[0],
    account: on().account,
  });
  const one = async (by: Api, delivery: Delivery): Promise<Outcome | undefined> => (await by.push([delivery]))[0];
  const seen = async (delivery: Delivery, id: string): Promise<Seen> =>
    (await subject.seen(send, delivery, id)) ?? differs('the record cannot be read');
  /** As the sender does once something may have been stored. */
  const again = async (delivery: Delivery): Promise<Outcome | undefined> => {
    if (about.idempotency !== 'read_back') return one(api, delivery);
    const [found] = (await api.find?.([delivery])) ?? differs('there is no way to look for a record');
    return found ?? one(api, delivery);
  };

  await check('says what it is without a sign-in', async () => {
    if (!about.selfHosted) throw new Unsupported('its address says it');
    const answer = await given.bare({ method: 'GET', path: about.selfHosted.ask });
    return about.selfHosted.isOurs(answer) ? undefined : differs(`HTTP ${answer.status} from ${about.selfHosted.ask}`);
  });
  await check('says who we are', async () => {
    const { userName, organisation } = await api.whoAmI();
    return `${userName}, ${organisation}`;
  });
  await check('lacks nothing that Candor needs', async () => {
    const { missing, attendeeLinks } = await api.setup();
    same('missing', missing, []);
    return attendeeLinks ? undefined : 'one attendee for each activity';
  });
  await check('refuses wrong credentials as a sign-in, once', async () => {
    try {
      await subject.makeApi(given.wrong).whoAmI();
    } catch (error) {
      const { outcome } = error as { outcome?: Outcome };
      return outcome?.is === 'sign_in_needed' ? undefined : differs(`refused as ${JSON.stringify(outcome)}`);
    }
    return differs('they were accepted');
  });
  await check('lets an account and two people be made', async () => {
    stage = await subject.stage(send, label);
    return undefined;
  });
  await check('reads a person, their account, and nobody for an id that is none', async () => {
    const { people, account } = on();
    const ada = await api.readContact(people[0]);
    same('the account', [ada?.accountId, ada?.accountName], [account, label]);
    if (Number.isNaN(Date.parse(ada?.createdAt ?? ''))) differs('no time of creation');
    same('nobody', await api.readContact(`${people[0].slice(0, -1)}${people[0].endsWith('0') ? '1' : '0'}`), null);
    return undefined;
  });
  await check('lists the people of an account', async () => {
    const ids = (await api.contactsOfAccount(on().account)).map(({ id }) => id).sort();
    same('the people', ids, [...on().people].sort());
    return undefined;
  });
  await check('finds a person by name', async () => {
    const found = (await api.findContacts(`Ada ${label}`)).map(({ id }) => id);
    return found.includes(on().people[0]) ? undefined : differs('not found, or not yet');
  });
  for (const kind of KINDS) {
    await check(`stores a ${kind} with its words, time and person`, async () => {
      const delivery = { ...record(`kind-${kind}`, kind), note: 'First line.\nSecond “line”, äöü 明子.' };
      const there = await seen(delivery, stored(await one(api, delivery)));
      same('subject', there.subject, label);
      same('note', there.note, delivery.note);
      same('people', there.people, [on().people[0]]);
      if (there.start !== null) same('start', there.start, AT.start);
      if (there.end !== null) same('end', there.end, AT.end);
      return undefined;
    });
  }
  await check('stores one record when the same delivery comes again', async () => {
    const id = stored(await one(api, record('twice')));
    same('the record', stored(await again(record('twice'))), id);
    return about.idempotency;
  });
  await check('stores one record when the first answer was lost', async () => {
    let lost = '';
    const losing: Send = async (request) => {
      const answer = await send(request);
      if (request.method === 'GET' || lost) return answer;
      lost = answer.text;
      throw new Unanswered('lost');
    };
    const first = await one(subject.makeApi(losing), record('lost'));
    if (first?.is !== 'unknown') differs(`a lost answer was taken for ${first?.is}`);
    const id = stored(await again(record('lost')));
    // An id may say its table before a colon; the answer names the record.
    return lost.includes(id.split(':').at(-1) ?? id)
      ? undefined
      : differs('another record was adopted, or a second one made');
  });
  await check('says of a record that was never sent that it is not there', async () => {
    if (!api.find) throw new Unsupported('it takes our key, so nobody asks');
    same('the answer', await api.find([record('never')]), [null]);
    return undefined;
  });
  await check('completes the same record, and keeps what people wrote in it', async () => {
    const id = stored(await one(api, record('complete')));
    await subject.scribble(send, record('complete'), id, 'Written by a colleague.');
    const completion: Delivery = {
      key: `${run}-c`,
      kind: 'meeting',
      step: 'completion',
      remoteId: id,
      subject: `${label}: words`,
      note: 'Note.',
    };
    for (let time = 0; time < 2; time++) same('the record', stored(await one(api, completion)), id);
    const there = await seen(completion, id);
    same('subject', there.subject, `${label}: words`);
    same('the record found by its key', stored(await again(record('complete'))), id);
    if (!there.note.includes('Note.')) differs('the note is not there');
    return there.note.includes('Written by a colleague.') ? undefined : differs('a colleague’s words were lost');
  });
  await check('links a second person once', async () => {
    const id = stored(await one(api, record('link')));
    const link: Delivery = { key: `${run}-l`, kind: 'meeting', step: 'link', remoteId: id, who: on().people[1] };
    for (let time = 0; time < 2; time++) stored(await one(api, link));
    same('people', [...(await seen(link, id)).people].sort(), [...on().people].sort());
    return undefined;
  });
  await check('stores a next step with its day', async () => {
    const task: Delivery = {
      key: `${run}-t`,
      kind: 'meeting',
      step: 'task',
      text: `${label}: step`,
      due: '2026-03-06',
      account: on().account,
    };
    const there = await seen(task, stored(await one(api, task)));
    same('subject and day', [there.subject, there.due], [`${label}: step`, '2026-03-06']);
    return undefined;
  });
  await check('takes a subject that is too long, or has signs of its own', async () => {
    const delivery = { ...record('long'), subject: `${label} <a> = ${'ü'.repeat(400)}` };
    const there = await seen(delivery, stored(await one(api, delivery)));
    return `kept ${[...there.subject].length} letters`;
  });
  await check('says that a removed record is gone, and does not bring it back', async () => {
    const id = stored(await one(api, record('removed')));
    if (!(await subject.remove(send, record('removed'), id))) throw new Unsupported('it may not be removed');
    const outcome = await one(api, {
      key: `${run}-r`,
      kind: 'meeting',
      step: 'completion',
      remoteId: id,
      note: 'Late.',
    });
    same('the outcome', outcome?.is, 'gone');
    return (await subject.seen(send, record('removed'), id)) === null ? undefined : differs('it is back');
  });
  await check('has fields for a person’s status', async () => {
    const { usual } = await api.statusFields();
    const parts = Object.keys(usual);
    return parts.length > 0
      ? parts.map((part) => `${part}: ${usual[part as keyof typeof usual]}`).join(', ')
      : differs('none');
  });
  await check('restricts a person, reads it back, and permits nothing without a fresh act', async () => {
    const { usual } = await api.statusFields();
    if (!usual.email) throw new Unsupported('no field for e-mail');
    const [remoteId] = on().people;
    const status = {
      remoteId,
      disclosure: 'told',
      toldOn: '2026-02-03',
      line: 'candor:1 id=probe state=told head=none',
    } as const;
    const stopped = await api.writeStatus({ ...status, limits: { email: { is: 'stop' } } }, usual);
    if (stopped.is !== 'stored') return differs(`outcome ${JSON.stringify(stopped)}`);
    same('the stop', (await api.readStatus([remoteId], usual))[0]?.stops.email, true);
    const since = '2026-02-03T14:00:00.000Z';
    const permitted = await api.writeStatus({ ...status, limits: { email: { is: 'may', since } } }, usual);
    same('what was kept', permitted.is === 'stored' ? permitted.kept : permitted.is, ['email']);
    same('the stop', (await api.readStatus([remoteId], usual))[0]?.stops.email, true);
    return undefined;
  });
  await check('names who changed since a moment', async () => {
    if (!api.changedSince) throw new Unsupported('not pulled');
    const { userId } = await api.whoAmI();
    const page = await api.changedSince({ scope: 'mine_and_recent', user: userId, after: null, most: 5 });
    if (page.contacts.length > 5) differs(`${page.contacts.length} people in a page of 5`);
    return page.about === null ? undefined : `about ${page.about} people`;
  });
  return results;
};
