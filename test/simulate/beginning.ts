/** The beginning of every world: set up, connected, people read, two of them told. Played by the product itself, once. */
import { userId } from './crm/org.ts';
import { Desk, PEOPLE, TENANT } from './desk.ts';
import { Image } from './disk/image.ts';
import type { Violation } from './oracle/oracle.ts';
import { type Beginning, START, World } from './world.ts';

/** The beginning is over when the world starts. */
const BEFORE_MS = 120_000;
const CREATED = '2026-10-20T08:00:00.000+0000';

export const beginning = (): Beginning | Pick<Violation, 'rule' | 'says'> => {
  const world = new World(0, null);
  const { org, scheduler, disk } = world;
  world.wallOffset = -BEFORE_MS;
  org.now = () => START - BEFORE_MS + scheduler.time;
  const [halden, solo] = ['Halden Freight', 'Solo Trading'].map((Name) => org.plant('Account', { Name }));
  PEOPLE.forEach((Name, at) => {
    const [FirstName, LastName] = Name.split(' ');
    const AccountId = (at < 3 ? halden : solo)?.Id;
    org.plant('Contact', {
      Name,
      FirstName,
      LastName,
      AccountId,
      CreatedDate: CREATED,
      SystemModstamp: CREATED,
      LastModifiedDate: CREATED,
      IndividualId: null,
      HasOptedOutOfEmail: false,
      DoNotCall: false,
      Candor_Restricted__c: false,
      Candor_Disclosure__c: null,
      Candor_Told_On__c: null,
      Candor_Status__c: null,
    });
  });
  const desk = new Desk(world);
  let ended = false;
  const set = async (): Promise<void> => {
    await desk.insist('saveSettings', {
      controller: { name: 'Norrland Instruments', privacyContact: 'privacy@example.com', zone: 'Europe/Berlin' },
      zoneAssumed: false,
      worksAlone: false,
    });
    const connected = await desk.insist('connect', { address: TENANT, clientId: 'candor' }, 'dashboard');
    if (!connected || 'is' in connected) throw new Error(`not connected: ${JSON.stringify(connected)}`);
    for (const [at] of PEOPLE.entries()) {
      desk.goTo(at);
      await desk.insist('openForm', null);
    }
    for (const at of [0, 1]) {
      const contact = desk.personId(at);
      const tried = await desk.insist('attemptNotice', {
        commandId: `begin-${at}`,
        contact,
        route: 'mail',
        language: 'en',
      });
      if (!tried || !('attempt' in tried)) throw new Error(`not told: ${JSON.stringify(tried)}`);
      await desk.insist('confirmTold', { commandId: `begun-${at}`, contact, attempt: tried.attempt });
    }
    // The CRM is told of the notices when they can no longer be taken back.
    while (disk.rows<{ state: string }>('outbox').length > 0) await desk.wait(1_000);
    ended = true;
  };
  let failed: unknown = null;
  set().catch((error: unknown) => {
    failed = error;
  });
  while (!ended && failed === null && scheduler.step(600_000));
  if (failed) throw failed;
  if (!ended) throw new Error('the beginning has no end');
  const [broken] = world.oracle.violations;
  if (broken) return { rule: broken.rule, says: `in the beginning: ${broken.says}` };
  if (world.oauth.person !== 'ann' || userId('ann') === '') throw new Error('nobody signed in');
  world.close();
  return {
    image: new Image(world.disk.image),
    org: [...org.records.values()],
    oauth: world.oauth,
    session: world.browser.session,
    local: world.browser.local,
  };
};
