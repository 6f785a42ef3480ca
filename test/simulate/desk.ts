/** The person at the desk: what they do with panel, popup and dashboard, and what they may then rely on. */
import type { Answer, Ask, FormView, LogView, Message } from '../../src/contract.ts';
import type { Chance } from './chance.ts';
import { KEY, type UserName } from './crm/org.ts';
import type { Intent } from './oracle/oracle.ts';
import type { World } from './world.ts';

export const TENANT = 'acme.lightning.force.com';
export const CONNECTION = `salesforce@${TENANT}`;
export const PEOPLE = ['Ada Alder', 'Ben Birch', 'Cy Cedar', 'Dee Dogwood'] as const;
const KINDS = ['met', 'called', 'visited', 'emailed'] as const;
const PATIENCE = 6;
/** What a surface can put in words: storage says why, the CRM was asked and did not answer or refused. */
const NAMED = /^(?:storage:|failed: (?:Unanswered|Refused|PermissionMissing|SignInNeeded|SignInChanged)$)/u;

type Surface = 'popup' | 'panel' | 'dashboard';
type Answered<M extends Message> = { readonly ok: Answer<M> } | { readonly failed: string };

export class Desk {
  readonly logs: string[] = [];
  private readonly pages = new Set<number>();
  private readonly forms = new Set<string>();

  constructor(readonly world: World) {}

  personId(person: number): string {
    return `crm:${CONNECTION}:${this.contactId(person)}`;
  }

  /** Contacts are planted first, whatever became of them. */
  contactId(person: number): string {
    return [...this.world.org.records.values()].filter(({ type }) => type === 'Contact')[person]?.Id ?? '';
  }

  goTo(person: number): void {
    this.world.browser.tab = { id: 7, url: `https://${TENANT}/lightning/r/Contact/${this.contactId(person)}/view` };
  }

  wait(ms: number): Promise<void> {
    return this.world.scheduler.wait(ms, ms, { name: 'person', alive: true }, 'waits');
  }

  async ask<M extends Message>(message: M, given: Ask<M> | null, surface: Surface = 'popup'): Promise<Answered<M>> {
    const { world } = this;
    const from =
      surface === 'panel'
        ? { path: '/src/panel/index.html', frameId: 4, tab: world.browser.tab }
        : { path: `/src/${surface}/index.html` };
    const began = world.scheduler.time;
    const reply = await world.ask(message, given, from);
    if ((message === 'commit' || message === 'saveDraft') && world.scheduler.time - began > 10_500)
      world.oracle.broken('R8 a named state', `${message} was answered after ${world.scheduler.time - began} ms`);
    if (!reply) return { failed: 'gone' };
    if ('error' in reply && !NAMED.test(reply.error))
      world.oracle.broken('R8 a named state', `${message} was answered with "${reply.error}"`);
    return 'error' in reply ? { failed: reply.error } : { ok: reply.ok as Answer<M> };
  }

  /** Asks until it is answered, as somebody does who presses the button again. */
  async insist<M extends Message>(message: M, given: Ask<M> | null, surface?: Surface): Promise<Answer<M> | null> {
    for (let tries = 0; tries < PATIENCE; tries += 1) {
      const answered = await this.ask(message, given, surface);
      if ('ok' in answered) return answered.ok;
      await this.wait(1_000 + tries * 2_000);
    }
    return null;
  }

  /** One line from an opened form to "saved", by somebody who does not give up at once. */
  async log(chance: Chance, letters: string): Promise<void> {
    const page = chance.from(0, PEOPLE.length - 1);
    if (this.pages.has(page)) return;
    this.pages.add(page);
    await this.logOn(page, chance, letters);
    this.pages.delete(page);
  }

  private line(chance: Chance, letters: string): { text: string; hasPrivate: boolean } {
    const named = chance.some(['@ada', '@ben', '@cy', '@dee', '@zoe'], 3);
    const also = named.length > 0 && chance.flip(0.75) ? `${named.join(' and ')} ` : '';
    const told = chance.flip(0.15) ? 'told by mail, ' : '';
    const next = chance.flip(0.4) ? ` >next${letters} fri` : '';
    const hasPrivate = chance.flip(0.5);
    const note = `pub${letters} ${chance.flip(0.2) ? 'with more words. And a second sentence' : 'went well'}`;
    const head = `${chance.pick(KINDS)} ${also}${chance.from(1, 6) * 15}m`;
    return { text: `${head}, ${told}${note}${next}${hasPrivate ? ` ~~priv${letters} words` : ''}`, hasPrivate };
  }

  private async logOn(page: number, chance: Chance, letters: string): Promise<void> {
    const { world } = this;
    const surface: Surface = chance.flip(0.3) ? 'panel' : 'popup';
    this.goTo(page);
    if (surface === 'panel') {
      world.workers.rouse().command(7);
      await this.wait(50);
    }
    const form = await this.insist('openForm', null, surface);
    // Another of their windows has the form in hand: nobody types in two at once.
    if (!form || (surface === 'panel' && !form.mayCommit) || this.forms.has(form.formId)) return;
    this.forms.add(form.formId);
    await this.fill(form, surface, chance, letters);
    this.forms.delete(form.formId);
  }

  private async fill(form: FormView, surface: Surface, chance: Chance, letters: string): Promise<void> {
    const { oracle } = this.world;
    const { formId } = form;
    let { text, hasPrivate } = this.line(chance, letters);
    let marker = letters;
    const kept = /pub(q\w+)/u.exec(form.draft)?.[1];
    if (kept) {
      // Words from before are in the form: the person saves those.
      text = form.draft;
      marker = kept;
      hasPrivate = form.privateKept || form.draft.includes('~~');
    } else if (chance.flip(0.7)) {
      await this.ask('saveDraft', { formId, text: text.slice(0, 6) }, surface);
      const drafted = await this.ask('saveDraft', { formId, text }, surface);
      if ('ok' in drafted && drafted.ok.is === 'done' && !oracle.activity(formId))
        oracle.drafts.set(formId, `pub${marker}`);
      if (chance.flip(0.3)) await this.wait(chance.from(0, 5_000));
    }
    if (chance.flip(0.2)) await this.ask('preview', { formId, text }, surface);
    const before = oracle.intents.get(formId);
    const intent: Intent = before?.acked
      ? before
      : { formId, marker, other: null, hasPrivate, acked: false, undone: false };
    oracle.intents.set(formId, intent);
    await this.commit(intent, text, letters, surface, chance);
    if (!intent.acked) return;
    this.logs.push(formId);
    if (chance.flip(0.15)) await this.undo(intent, chance);
  }

  private async commit(intent: Intent, text: string, letters: string, surface: Surface, chance: Chance): Promise<void> {
    const { formId } = intent;
    const { oracle } = this.world;
    const presses = chance.flip(0.25) ? chance.from(2, 3) : 1;
    const other = chance.flip(0.1) ? `called, pub${letters}b words` : null;
    if (other) intent.other = `${letters}b`;
    for (let tries = 0; tries < PATIENCE; tries += 1) {
      const texts = [...Array<string>(presses).fill(text), ...(other && tries === 0 ? [other] : [])];
      // The draft that saves itself while somebody types may come after Enter.
      if (chance.flip(0.2))
        void this.wait(chance.from(0, 150)).then(() => this.ask('saveDraft', { formId, text }, surface));
      const answers = await Promise.all(
        texts.map((words) => this.ask('commit', { formId, text: words, armed: true }, surface)),
      );
      for (const answered of answers) {
        if (!('ok' in answered)) continue;
        const { ok } = answered;
        if (ok.is === 'saved' || (ok.is === 'already_saved' && ok.nextFormId === null)) {
          intent.acked = true;
          // Of two texts the other may have come first; this one is then the draft of a new form.
          intent.hasPrivate &&= ok.log.hasPrivate;
          this.trueView(ok.log);
        }
        if (ok.is === 'already_saved' && ok.nextFormId) oracle.drafts.set(ok.nextFormId, 'pub');
      }
      if (answers.some((answered) => 'ok' in answered && answered.ok.is !== 'refused')) return;
      await this.wait(500 + 1_500 * tries);
    }
  }

  async undo(intent: Intent, chance: Chance): Promise<void> {
    await this.wait(chance.from(0, 11_000));
    const undone = await this.ask('undo', { activity: intent.formId });
    if ('ok' in undone && undone.ok.is === 'done') {
      intent.undone = true;
      if (!this.world.oracle.activity(intent.formId)?.retracted)
        this.world.oracle.broken('I8 truth', `${intent.formId} is said to be taken back`);
    }
  }

  /** I8: what a screen says of a log is what is stored and what the CRM holds. */
  trueView(view: LogView): void {
    const { oracle, org, disk } = this.world;
    const activity = oracle.activity(view.activity);
    if (!activity) {
      oracle.broken('I8 truth', `${view.activity} is shown and not stored`);
      return;
    }
    if (view.progress === 'in_crm' || view.url) {
      const record = org.find(activity.crossed.remoteId);
      if (record?.fields[KEY] !== `${view.activity}/record`)
        oracle.broken('I8 truth', `${view.activity} is shown as in the CRM and is not`);
    }
    const needs = disk
      .rows<{ activity: string; state: string }>('outbox')
      .some((row) => row.activity === view.activity && row.state === 'needs_you');
    if (view.progress === 'needs_you' && !needs && this.world.network.inFlight === 0 && !disk.busy)
      oracle.broken('I8 truth', `${view.activity} is shown as needing its person and does not`);
  }

  async tell(chance: Chance, id: string): Promise<void> {
    const contact = this.personId(chance.from(0, PEOPLE.length - 1));
    const tried = await this.insist(
      'attemptNotice',
      { commandId: `${id}-try`, contact, route: 'mail', language: 'en' },
      'dashboard',
    );
    if (!tried || !('attempt' in tried)) return;
    this.world.oracle.commands.add(`${id}-try`);
    await this.wait(chance.from(0, 8_000));
    if (chance.flip(0.15)) return this.fail(id, contact, tried.attempt);
    const told = await this.insist(
      'confirmTold',
      { commandId: `${id}-told`, contact, attempt: tried.attempt },
      'dashboard',
    );
    if (told?.is !== 'done') return;
    this.world.oracle.commands.add(`${id}-told`);
    if (chance.flip(0.2)) {
      await this.wait(chance.from(0, 9_000));
      const back = await this.ask('voidFact', { commandId: `${id}-back`, contact, ref: `${id}-told` }, 'dashboard');
      if ('ok' in back && back.ok.is === 'done') this.world.oracle.commands.add(`${id}-back`);
    } else if (chance.flip(0.15)) await this.fail(id, contact, `${id}-told`);
  }

  private async fail(id: string, contact: string, ref: string): Promise<void> {
    const asked = { commandId: `${id}-failed`, contact, ref, reason: 'bounced' } as const;
    const failed = await this.insist('noticeFailed', asked, 'dashboard');
    if (failed?.is === 'done') this.world.oracle.commands.add(`${id}-failed`);
  }

  async object(chance: Chance, id: string): Promise<void> {
    const contact = this.personId(chance.from(0, PEOPLE.length - 1));
    const scope = chance.flip(0.8) ? 'general' : 'direct_marketing';
    const done = await this.insist('raiseObjection', { commandId: `${id}-object`, contact, scope }, 'dashboard');
    if (done?.is === 'done') this.world.oracle.commands.add(`${id}-object`);
  }

  async retryAll(): Promise<void> {
    const held = await this.insist('held', null, 'dashboard');
    for (const log of held ?? []) {
      this.trueView(log);
      if (log.canRetry) await this.ask('retry', { activity: log.activity }, 'dashboard');
    }
  }

  async look(): Promise<void> {
    const today = await this.ask('today', null, 'popup');
    if ('ok' in today) for (const log of today.ok.logs) this.trueView(log);
  }

  async navigate(chance: Chance): Promise<void> {
    this.goTo(chance.from(0, PEOPLE.length - 1));
    const { tab } = this.world.browser;
    await this.world.ask('badge', null, { path: tab.url, frameId: 0, tab });
  }

  /** Types a name that the device does not know: the CRM is asked at each pause between letters. */
  async search(chance: Chance): Promise<void> {
    this.goTo(chance.from(0, PEOPLE.length - 1));
    const form = await this.ask('openForm', null);
    if (!('ok' in form)) return;
    const { formId } = form.ok;
    await Promise.all(['qu', 'qui', 'quin'].map((words) => this.ask('findPeople', { formId, words, inCrm: true })));
  }

  async signIn(as: UserName): Promise<void> {
    const { oracle, oauth } = this.world;
    oauth.person = as;
    oracle.personAsks += 1;
    await this.ask('connect', { address: TENANT, clientId: 'candor' }, 'dashboard').then(() => this.wait(0));
    oracle.personAsks -= 1;
  }

  async testConnection(): Promise<void> {
    this.world.oracle.personAsks += 1;
    await this.ask('testConnection', { connection: CONNECTION }, 'dashboard');
    this.world.oracle.personAsks -= 1;
  }
}
