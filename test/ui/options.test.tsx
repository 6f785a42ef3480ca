// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, type Mock, vi } from 'vitest';
import type { ConnectionState, ConnectionView, LawView, Message, SettingsView, SignInBy } from '../../src/contract.ts';
import { type Hands, Options } from '../../src/options/options.tsx';
import { MISSING } from '../../src/words.ts';
import { policy as euPolicy, law, optionsHands } from './hands.ts';
import { buttonNamed, click, draw, outsideWords, pass, pseudo, sayIn, sentence } from './stage.tsx';

const settings: SettingsView = {
  controller: { name: '', privacyContact: '', zone: 'Europe/Zurich' },
  zoneAssumed: true,
  worksAlone: false,
};
const origins = ['https://halden.crm.test/*', 'https://halden.api.test/*'];
const recognised = {
  crm: { id: 'acme', name: '‹Acme›' },
  tenant: '‹halden.crm.test›',
  certain: true,
  auth: 'oauth' as SignInBy,
  session: null as string | null,
  origins,
  redirectUri: 'https://id.example.test/acme',
};
const connection = (state: ConnectionState, over: Partial<ConnectionView> = {}): ConnectionView => ({
  id: 'acme:halden',
  crm: { id: 'acme', name: '‹Acme›' },
  tenant: 'halden.crm.test',
  state,
  user: '‹Mara›',
  organisation: '‹Halden›',
  missing: [],
  attendeeLinks: true,
  pausedUntil: null,
  waiting: 0,
  redirectUri: '‹https://id.example.test/acme›',
  clientId: '‹client›',
  auth: 'oauth',
  session: null,
  places: null,
  own: [],
  ...over,
});

const policy = {
  ...euPolicy,
  laws: [law, { ...law, key: 'US', name: '‹United States›', untold: 'allow', indirect: [] } as LawView],
};

const stage = (given: Partial<Record<Message, Mock>> = {}, over: Partial<Hands> = {}) => {
  const order: string[] = [];
  const on: Partial<Record<Message, Mock>> = {
    settings: vi.fn(async () => settings),
    connections: vi.fn(async () => []),
    directories: vi.fn(async () => []),
    policy: vi.fn(async () => policy),
    changePolicy: vi.fn(async () => ({ is: 'done' })),
    recognise: vi.fn(async ({ address }: { address: string }) => (address.includes('crm.test') ? recognised : null)),
    saveSettings: vi.fn(async () => ({ is: 'done' })),
    connect: vi.fn(async () => connection('connected')),
    testConnection: vi.fn(async () => connection('connected')),
    disconnect: vi.fn(async () => ({ is: 'done' })),
    placeStatus: vi.fn(async () => ({ is: 'done' })),
    ...given,
  };
  const request = vi.fn(async (_origins: readonly string[], _permissions: readonly string[]) => true);
  const copy = vi.fn(async () => undefined);
  const answer = (message: Message, ...ask: unknown[]): unknown => {
    order.push(message);
    return on[message]?.(...ask);
  };
  const hands = optionsHands(answer, {
    request: (wanted, permissions) => {
      order.push('permission');
      return request(wanted, permissions);
    },
    copy,
    ...over,
  });
  return { on, order, request, copy, hands, open: () => draw(<Options hands={hands} />) };
};

const field = (root: ParentNode, label: string): HTMLInputElement => {
  const found = [...root.querySelectorAll('label')].find((each) => each.textContent?.trim() === label);
  const input = found && root.querySelector(`[id="${found.getAttribute('for')}"]`);
  if (!input) throw new Error(`no field ${label}`);
  return input as HTMLInputElement;
};
const typeIn = async (input: HTMLInputElement, value: string): Promise<void> => {
  await act(async () => {
    input.value = value;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await pass(0);
};
const fill = (root: ParentNode, label: string, value: string): Promise<void> => typeIn(field(root, label), value);
const fillAll = async (root: ParentNode): Promise<void> => {
  await fill(root, 'Address of any page of your CRM', 'https://halden.crm.test/contact/1');
  await fill(root, 'Client id', ' client-1 ');
  await fill(root, 'Name of the company', 'Halden AG');
  await fill(root, 'Privacy contact', 'privacy@halden.test');
};
const submit = async (root: ParentNode): Promise<void> => {
  const form = root.querySelector('form');
  await act(async () => {
    form?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  });
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('Connecting', () => {
  it('says which CRM an address is of, in the words of the answer, and exactly what will be asked for', async () => {
    const { open } = stage();
    const root = await open();
    await fill(root, 'Address of any page of your CRM', 'https://halden.crm.test/contact/1');
    expect(root.querySelector('.known')?.textContent).toBe('‹Acme›·‹halden.crm.test›');
    expect([...root.querySelectorAll('.permission code')].map((each) => each.textContent)).toEqual(origins);
  });

  it('says what to do about an address it does not know', async () => {
    const { open } = stage();
    const root = await open();
    await fill(root, 'Address of any page of your CRM', 'https://elsewhere.test/');
    expect(root.textContent).toContain('Candor does not know this address.');
  });

  it('asks for the permission in the click itself, before anything else', async () => {
    const { order, on, request, open } = stage();
    const root = await open();
    await fillAll(root);
    order.length = 0;
    const form = root.querySelector('form');
    // No act, no await: what has happened when the event returns happened in the user’s gesture.
    form?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    expect(order).toEqual(['permission']);
    expect(request).toHaveBeenCalledExactlyOnceWith(origins, []);

    await pass(0);
    expect(order.slice(0, 3)).toEqual(['permission', 'saveSettings', 'connect']);
    expect(on.saveSettings).toHaveBeenCalledExactlyOnceWith({
      controller: { name: 'Halden AG', privacyContact: 'privacy@halden.test', zone: 'Europe/Zurich' },
      zoneAssumed: false,
      worksAlone: false,
    });
    expect(on.connect).toHaveBeenCalledExactlyOnceWith({
      address: 'https://halden.crm.test/contact/1',
      clientId: 'client-1',
    });
  });

  it('asks for nothing while something is missing, and goes there', async () => {
    const { order, open } = stage();
    const root = await open();
    await fill(root, 'Address of any page of your CRM', 'https://halden.crm.test/contact/1');
    order.length = 0;
    await submit(root);
    expect(order).toEqual([]);
    expect(root.querySelector('[role=alert]')?.textContent).toContain('Something is missing.');
    expect(document.activeElement).toBe(field(root, 'Client id'));
    expect(field(root, 'Client id').getAttribute('aria-invalid')).toBe('true');
  });

  it('connects nothing when the permission is not given, and says so', async () => {
    const { on, request, open } = stage();
    request.mockResolvedValue(false);
    const root = await open();
    await fillAll(root);
    await submit(root);
    await pass(0);
    expect(on.connect).not.toHaveBeenCalled();
    expect(on.saveSettings).not.toHaveBeenCalled();
    expect(root.textContent).toContain('The browser did not give the permission');
  });

  it('shows why the CRM refused', async () => {
    const why = sentence('It did not accept this client id.');
    const { open } = stage({ connect: vi.fn(async () => ({ is: 'refused', why })) });
    const root = await open();
    await fillAll(root);
    await submit(root);
    await pass(0);
    expect(root.textContent).toContain('It did not accept this client id.');
    expect(field(root, 'Client id').value).toBe(' client-1 ');
  });

  it('gives the administrator the redirect address to copy', async () => {
    const { copy, open } = stage();
    const root = await open();
    await fill(root, 'Address of any page of your CRM', 'https://halden.crm.test/contact/1');
    await click(root.querySelector('.copyline button'));
    expect(copy).toHaveBeenCalledExactlyOnceWith('https://id.example.test/acme');
  });
});

describe('A CRM without OAuth, at an address of the organisation', () => {
  const uncertain = { ...recognised, certain: false, auth: 'key' as SignInBy };
  const open = async () => {
    const staged = stage({ recognise: vi.fn(async () => uncertain) });
    const root = await staged.open();
    await fill(root, 'Address of any page of your CRM', 'https://halden.crm.test/#Contact/view/1');
    await fill(root, 'Name of the company', 'Halden AG');
    await fill(root, 'Privacy contact', 'privacy@halden.test');
    return { ...staged, root };
  };

  it('says that it is asked only when one connects, and asks for a sign-in instead of a client id', async () => {
    const { root, order } = await open();
    expect(root.textContent).toContain('is asked when you connect');
    expect(root.textContent).not.toContain('Client id');
    order.length = 0;
    await submit(root);
    expect(order).toEqual([]);
    expect(document.activeElement).toBe(field(root, 'User name'));
  });

  it('hands a name and a password on, and shows neither again', async () => {
    const { root, on } = await open();
    await fill(root, 'User name', 'mara');
    await fill(root, 'Password', 'secret');
    expect(field(root, 'Password').type).toBe('password');
    await submit(root);
    await pass(0);
    expect(on.connect).toHaveBeenCalledExactlyOnceWith({
      address: 'https://halden.crm.test/#Contact/view/1',
      clientId: '',
      credentials: { user: 'mara', password: 'secret' },
    });
  });

  it('or a key', async () => {
    const { root, on } = await open();
    await click(root.querySelectorAll<HTMLInputElement>('input[type=radio]')[1]);
    await fill(root, 'API key', 'k-1');
    await submit(root);
    await pass(0);
    expect(on.connect).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ credentials: { key: 'k-1' } }));
  });

  it('asks for it again in the connection once it is no longer accepted', async () => {
    const one = connection('sign_in_needed', { auth: 'key' });
    const { on, open: openStaged } = stage({ connections: vi.fn(async () => [one]) });
    const root = await openStaged();
    await click(buttonNamed(root, 'Sign in again'));
    expect(on.connect).not.toHaveBeenCalled();
    expect(root.textContent).toContain('Something is missing.');
    await fill(root, 'User name', 'mara');
    await fill(root, 'Password', 'secret');
    await click(buttonNamed(root, 'Sign in again'));
    expect(on.connect).toHaveBeenCalledExactlyOnceWith({
      address: 'https://halden.crm.test/',
      clientId: '',
      credentials: { user: 'mara', password: 'secret' },
    });
  });
});

describe('Signing in by the session of a tab', () => {
  const SESSION = 'With the session of your ‹Acme› tab, if your administrator made no app';
  const withSession = { ...recognised, session: '‹halden.api.test›' };
  const choose = async (root: ParentNode): Promise<void> => {
    const label = [...root.querySelectorAll('label')].find((each) => each.textContent === SESSION);
    await click(label?.querySelector('input'));
  };

  it('is offered only where the CRM has it, and is not what is chosen to begin with', async () => {
    const without = await stage().open();
    await fill(without, 'Address of any page of your CRM', 'https://halden.crm.test/contact/1');
    expect(without.textContent).not.toContain('session');
    const root = await stage({ recognise: vi.fn(async () => withSession) }).open();
    await fill(root, 'Address of any page of your CRM', 'https://halden.crm.test/contact/1');
    expect(field(root, 'Client id')).toBeTruthy();
    expect(root.textContent).not.toContain('cookie');
    await choose(root);
    expect(root.textContent).toContain('whatever you can do there');
    expect(root.textContent).toContain('never stored and goes to ‹halden.api.test› and nowhere else');
    expect(root.textContent).toContain('Press Disconnect');
    expect(root.textContent).not.toContain('Client id');
  });

  it('asks for its permission in the same click, and connects with no client id', async () => {
    const { order, request, on, open } = stage({ recognise: vi.fn(async () => withSession) });
    const root = await open();
    await fillAll(root);
    await choose(root);
    order.length = 0;
    await submit(root);
    await pass(0);
    expect(order[0]).toBe('permission');
    expect(request).toHaveBeenCalledExactlyOnceWith(origins, ['cookies']);
    expect(on.connect).toHaveBeenCalledExactlyOnceWith({
      address: 'https://halden.crm.test/contact/1',
      clientId: '',
      session: true,
    });
  });

  it('asks for no such permission where the application was chosen', async () => {
    const { request, on, open } = stage({ recognise: vi.fn(async () => withSession) });
    const root = await open();
    await fillAll(root);
    await submit(root);
    await pass(0);
    expect(request).toHaveBeenCalledExactlyOnceWith(origins, []);
    expect(on.connect).toHaveBeenCalledExactlyOnceWith(expect.not.objectContaining({ session: true }));
  });

  const over = (session: ConnectionView['session'], state: ConnectionState = 'sign_in_needed') =>
    stage({ connections: vi.fn(async () => [connection(state, { auth: 'session', session })]) });

  it('whose session is over says where to sign in, and opens that page', async () => {
    const { open } = over({ other: null, off: false });
    const root = await open();
    expect(root.textContent).toContain('Sign in to ‹Acme› again in its tab');
    const link = [...root.querySelectorAll('a')].find((each) => each.textContent === 'Open ‹Acme›');
    expect(link?.href).toBe('https://halden.crm.test/');
    expect(buttonNamed(root, 'Sign in again')).toBeFalsy();
  });

  it('in which somebody else is signed in names both, and goes on as them by a click alone', async () => {
    const { on, request, open } = over({ other: '‹Tomasz›', off: false });
    const root = await open();
    expect(root.textContent).toContain('In ‹Acme› ‹Tomasz› is signed in now, and these logs are of ‹Mara›.');
    expect(on.connect).not.toHaveBeenCalled();
    await click(buttonNamed(root, 'Go on as ‹Tomasz›'));
    expect(request).toHaveBeenCalledExactlyOnceWith([], ['cookies']);
    expect(on.connect).toHaveBeenCalledExactlyOnceWith({
      address: 'https://halden.crm.test/',
      clientId: '',
      session: true,
    });
  });

  it('that was disconnected asks for the permission again before it is used again', async () => {
    const { order, request, open } = over({ other: null, off: true });
    const root = await open();
    expect(root.textContent).toContain('no longer uses the session');
    order.length = 0;
    await click(buttonNamed(root, 'Use the session again'));
    expect(order.slice(0, 2)).toEqual(['permission', 'connect']);
    expect(request).toHaveBeenCalledExactlyOnceWith([], ['cookies']);
  });

  it('whose permission was taken away asks for both again', async () => {
    const { request, open } = over({ other: null, off: false }, 'permission_missing');
    const root = await open();
    await pass(0);
    act(() => buttonNamed(root, 'Allow')?.click());
    expect(request).toHaveBeenCalledExactlyOnceWith(origins, ['cookies']);
    await pass(0);
  });
});

describe('A connection', () => {
  it('that waits for set-up has one paragraph to copy for each thing that is missing', async () => {
    const missing = [
      { what: sentence('The key field is missing.'), forAdministrator: sentence('Please add the key field.') },
      { what: sentence('Tasks may not be written.'), forAdministrator: sentence('Please allow tasks.') },
    ];
    const { copy, open } = stage({ connections: vi.fn(async () => [connection('waiting_for_setup', { missing })]) });
    const root = await open();
    expect(root.textContent).toContain('Waiting for set-up');
    const lines = root.querySelectorAll('.missing .copyline');
    expect(lines).toHaveLength(2);
    await click(lines[1]?.querySelector('button'));
    expect(copy).toHaveBeenCalledExactlyOnceWith('Please allow tasks.');
  });

  it('whose permission was taken away asks for it again in the click, then tests', async () => {
    const { order, request, on, open } = stage({ connections: vi.fn(async () => [connection('permission_missing')]) });
    const root = await open();
    await pass(0);
    order.length = 0;
    act(() => buttonNamed(root, 'Allow')?.click());
    expect(order).toEqual(['permission']);
    expect(request).toHaveBeenCalledExactlyOnceWith(origins, []);
    await pass(0);
    expect(on.testConnection).toHaveBeenCalledExactlyOnceWith({ connection: 'acme:halden' });
  });

  it('that needs a sign-in offers it', async () => {
    const { on, open } = stage({ connections: vi.fn(async () => [connection('sign_in_needed')]) });
    await click(buttonNamed(await open(), 'Sign in again'));
    expect(on.connect).toHaveBeenCalledExactlyOnceWith({ address: 'https://halden.crm.test/', clientId: '‹client›' });
  });

  it('says before it is disconnected that what waits is kept', async () => {
    const { on, open } = stage({ connections: vi.fn(async () => [connection('connected', { waiting: 3 })]) });
    const root = await open();
    await click(buttonNamed(root, 'Disconnect'));
    expect(on.disconnect).not.toHaveBeenCalled();
    expect(root.textContent).toContain('The 3 logs that wait are kept');
    await click(buttonNamed(root, 'Disconnect now'));
    expect(on.disconnect).toHaveBeenCalledExactlyOnceWith({ connection: 'acme:halden' });
  });
});

describe('A person’s status', () => {
  const places = [
    {
      part: 'email',
      what: { key: 'statusPart_email' },
      field: 'optout',
      choices: [
        { name: 'optout', label: '‹Opt out›' },
        { name: 'other', label: '‹Other›' },
      ],
    },
    { part: 'line', what: { key: 'statusPart_line' }, field: null, choices: [] },
  ];
  const open = async (answer: object = { is: 'done' }) => {
    const placeStatus = vi.fn(async () => answer);
    const connections = vi.fn(async () => [connection('connected', { places })]);
    const root = await stage({ connections, placeStatus }).open();
    return { root, placeStatus };
  };
  const choose = async (root: ParentNode, value: string): Promise<void> => {
    const select = field(root, 'No marketing by e-mail') as unknown as HTMLSelectElement;
    await act(async () => {
      select.value = value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await pass(0);
  };

  it('says what works, and how many parts have a place', async () => {
    const { root } = await open();
    const works = [...root.querySelectorAll('.works li')].map((each) => each.textContent);
    expect(works).toContain('The sign-in works.');
    expect(works).toContain('1 of 2 parts of a person’s status have a place there.');
  });

  it('goes to the field that is chosen, or nowhere', async () => {
    const { root, placeStatus } = await open();
    await choose(root, 'other');
    expect(placeStatus).toHaveBeenLastCalledWith({ connection: 'acme:halden', part: 'email', field: 'other' });
    expect(root.querySelector('.places [role=status]')?.textContent).toBe('Saved on this device.');
    await choose(root, '');
    expect(placeStatus).toHaveBeenLastCalledWith({ connection: 'acme:halden', part: 'email', field: null });
  });

  it('says why it was not kept', async () => {
    const { root } = await open({ is: 'refused', why: { key: 'refuseConnectionGone' } });
    await choose(root, 'other');
    expect(root.querySelector('.places .why')?.textContent).not.toBe('');
    expect(root.querySelector('.places [role=status]')?.textContent).toBe('');
  });
});

describe('A second CRM', () => {
  it('is connected from the same screen, without asking for the company again', async () => {
    const connections = vi.fn(async () => [connection('connected')]);
    const { on, request, open } = stage({ connections });
    const root = await open();
    expect(root.querySelector('form.connect')).toBeNull();
    await click(buttonNamed(root, 'Connect another CRM'));
    expect(root.querySelector('form.connect .company')).toBeNull();
    const form = root.querySelector('form.connect') as HTMLFormElement;
    await fill(form, 'Address of any page of your CRM', 'https://halden.crm.test/contact/1');
    await fill(form, 'Client id', 'client-2');
    await act(async () => {
      form?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    });
    await pass(0);
    expect(request).toHaveBeenCalledWith(origins, []);
    expect(on.connect).toHaveBeenCalledWith({ address: 'https://halden.crm.test/contact/1', clientId: 'client-2' });
    expect(on.saveSettings).not.toHaveBeenCalled();
  });

  it('can be left for later', async () => {
    const { open } = stage({ connections: vi.fn(async () => [connection('connected')]) });
    const root = await open();
    await click(buttonNamed(root, 'Connect another CRM'));
    await click(buttonNamed(root, 'Not now'));
    expect(root.querySelector('form.connect')).toBeNull();
  });
});

describe('Settings', () => {
  it('are saved by their own button once a CRM is connected, and a refusal is shown', async () => {
    const why = sentence('Write an address people can reach.');
    const saveSettings = vi.fn(async () => ({ is: 'refused', why }));
    const { open } = stage({ saveSettings, connections: vi.fn(async () => [connection('connected')]) });
    const root = await open();
    await fill(root, 'Name of the company', 'Halden AG');
    await fill(root, 'Privacy contact', 'x');
    await submit(root);
    await pass(0);
    expect(root.textContent).toContain('Write an address people can reach.');
    expect(root.textContent).not.toContain('Saved on this device.');
  });

  it('keep that I work alone', async () => {
    const { on, open } = stage();
    const root = await open();
    await click(root.querySelector('input[type=checkbox]'));
    expect(on.saveSettings).toHaveBeenCalledExactlyOnceWith({ ...settings, worksAlone: true });
  });

  it('name the keys as this browser has them', async () => {
    expect((await stage().open()).querySelector('kbd')?.textContent).toBe('Alt+Shift+L');
    expect((await stage({}, { shortcut: null }).open()).textContent).toContain('No keys are set');
  });
});

describe('Every word of options comes from _locales', () => {
  const marks: Partial<Hands> = { say: pseudo, shortcut: '‹keys›', zones: ['‹Zurich›'] };
  const marked = { ...settings, controller: { ...settings.controller, zone: '‹Zurich›' } };
  const given = { settings: vi.fn(async () => marked) };
  const clean = (root: HTMLElement): void => {
    expect(outsideWords(root)).toEqual([]);
    expect(root.textContent).not.toMatch(MISSING);
  };

  it('while connecting', async () => {
    const answer = { ...recognised, origins: ['‹origin›'], redirectUri: '‹redirect›' };
    const { open } = stage({ ...given, recognise: vi.fn(async () => answer) }, marks);
    const root = await open();
    clean(root);
    await typeIn(root.querySelector('input[type=url]') as HTMLInputElement, 'x');
    await submit(root);
    clean(root);
  });

  it('while signing in with a key', async () => {
    const answer = { ...recognised, certain: false, auth: 'key' as SignInBy, origins: ['‹origin›'] };
    const { open } = stage({ ...given, recognise: vi.fn(async () => answer) }, marks);
    const root = await open();
    await typeIn(root.querySelector('input[type=url]') as HTMLInputElement, 'x');
    clean(root);
    await click(root.querySelectorAll<HTMLInputElement>('input[type=radio]')[1]);
    clean(root);
  });

  it('while choosing the session of a tab', async () => {
    const answer = { ...recognised, session: '‹host›', origins: ['‹origin›'], redirectUri: '‹redirect›' };
    const { open } = stage({ ...given, recognise: vi.fn(async () => answer) }, marks);
    const root = await open();
    await typeIn(root.querySelector('input[type=url]') as HTMLInputElement, 'x');
    clean(root);
    await click(root.querySelectorAll<HTMLInputElement>('.ways input')[1]);
    expect(root.querySelectorAll('.permission')).toHaveLength(2);
    clean(root);
  });

  it.each([
    { other: null, off: false },
    { other: '‹Tomasz›', off: false },
    { other: null, off: true },
  ])('with a session that does not serve: %j', async (session) => {
    const one = connection('sign_in_needed', { tenant: '‹tenant›', auth: 'session', session });
    const on = { connections: vi.fn(async () => [one]) };
    clean(await stage({ ...given, ...on }, marks).open());
    expect((await stage(on, { say: sayIn('de') }).open()).textContent).not.toMatch(MISSING);
  });

  it.each(['none', 'connected', 'sign_in_needed', 'waiting_for_setup', 'permission_missing'] as const)(
    'with a connection that is %s',
    async (state) => {
      const missing = [{ what: sentence('‹a›'), forAdministrator: sentence('‹b›') }];
      const one = connection(state, {
        tenant: '‹tenant›',
        missing,
        waiting: 2,
        attendeeLinks: false,
        pausedUntil: '2026-03-12T09:00:00Z',
      });
      const { open } = stage({ ...given, connections: vi.fn(async () => [one]) }, marks);
      const root = await open();
      clean(root);
      await click([...root.querySelectorAll('.connection > .actions .quiet')].at(-1));
      clean(root);
      const german = stage({ connections: vi.fn(async () => [one]) }, { say: sayIn('de') });
      expect((await german.open()).textContent).not.toMatch(MISSING);
    },
  );

  it.each([true, false])('with a directory that is being pulled: %s', async (pulling) => {
    const directory = {
      connection: 'acme:halden',
      scope: 'mine_and_recent',
      people: 1200,
      pulling,
      got: 1200,
      about: 4000,
      finishedAt: null,
      sentence: sentence('‹1,200 of about 4,000 people›'),
    };
    const directories = vi.fn(async () => [directory, { ...directory, connection: 'acme:other' }]);
    const connections = vi.fn(async () => [connection('connected', { tenant: '‹tenant›' })]);
    const { open } = stage({ ...given, connections, directories }, marks);
    clean(await open());
  });

  it('where nobody answers', async () => {
    const { open } = stage({ settings: vi.fn(async () => Promise.reject(new Error('no answer'))) }, marks);
    clean(await open());
  });
});

describe('The directory', () => {
  const directory = {
    connection: 'acme:halden',
    scope: 'mine_and_recent',
    people: 1200,
    pulling: true,
    got: 1200,
    about: 4000,
    finishedAt: null,
    sentence: { key: 'directoryPullingOf', args: ['1,200', '4,000'] },
  } as const;
  const open = (over: object = {}) => {
    const done = vi.fn(async () => ({ is: 'done' }));
    const on = { pullDirectory: done, cancelPull: done };
    const connections = vi.fn(async () => [connection('connected')]);
    const directories = vi.fn(async () => [{ ...directory, ...over }]);
    return { done, ...stage({ ...on, connections, directories }) };
  };

  it('shows how far it is, in words and as a bar, and can be stopped', async () => {
    const { done, ...it } = open();
    const root = await it.open();
    expect(root.querySelector('.directory')?.textContent).toContain('1,200 of about 4,000 people');
    expect(root.querySelector('progress')?.getAttribute('aria-label')).toBe('People on this device');
    expect(root.querySelector('progress')?.value).toBe(1200);
    await click(buttonNamed(root, 'Stop'));
    expect(done).toHaveBeenCalledWith({ connection: 'acme:halden' });
  });

  it('brings no more people than mine and recent unless everybody is chosen', async () => {
    const { done, ...it } = open({ pulling: false });
    const root = await it.open();
    const [mine, everybody] = root.querySelectorAll<HTMLInputElement>('.directory input');
    expect(mine?.checked).toBe(true);
    await click(everybody);
    expect(done).toHaveBeenCalledWith({ connection: 'acme:halden', scope: 'all_visible' });
    await click(buttonNamed(root, 'Look for changes now'));
    expect(done).toHaveBeenLastCalledWith({ connection: 'acme:halden' });
  });
});

describe('the rules', () => {
  const named = (root: Element, words: string): HTMLElement => {
    const label = [...root.querySelectorAll('label')].find(({ textContent }) => textContent === words);
    return document.getElementById(label?.htmlFor ?? '') as HTMLElement;
  };
  const choose = async (root: Element, words: string, value: string): Promise<void> =>
    act(async () => {
      const field = named(root, words) as HTMLSelectElement;
      field.value = value;
      field.dispatchEvent(new Event(field.localName === 'select' ? 'change' : 'input', { bubbles: true }));
    });

  it('say which law is assumed, and what it asks for', async () => {
    const root = await stage().open();
    expect(root.textContent).toContain('Nobody has said where the company is');
    expect(root.textContent).toContain('Default, to be confirmed by counsel: ‹Art. 14›');
  });

  it('are changed with a reason, only what is other, and as the company’s own', async () => {
    const { on, open } = stage();
    const root = await open();
    await click(buttonNamed(root, 'Change the rule'));
    expect(root.textContent).toContain('Nothing was changed.');
    await choose(root, 'Before somebody was told', 'hold');
    await click(buttonNamed(root, 'Change the rule'));
    expect(root.textContent).toContain('Say why');
    expect(on.changePolicy).not.toHaveBeenCalled();
    await choose(root, 'Reason', 'Counsel asked for it.');
    await click(buttonNamed(root, 'Change the rule'));
    expect(on.changePolicy).toHaveBeenCalledExactlyOnceWith({
      commandId: 'command',
      reason: 'Counsel asked for it.',
      changes: [
        { jurisdiction: 'EU', parameter: 'gate.untold', value: 'hold', source: 'own policy', mark: 'approved' },
      ],
    });
  });

  it('cannot be changed by a manager, who is told who can', async () => {
    const root = await stage({ policy: vi.fn(async () => ({ ...policy, mayChange: false })) }).open();
    expect((named(root, 'Before somebody was told') as HTMLSelectElement).disabled).toBe(true);
    expect(root.textContent).toContain('Rules are changed by an officer or an administrator.');
  });

  it('holidays are days; what is none is named and nothing is saved', async () => {
    const { on, open } = stage();
    const root = await open();
    await choose(root, 'Public holidays', '2026-12-25, Christmas 2026-02-31');
    await click([...root.querySelectorAll('#law ~ form button')][0] as HTMLElement);
    expect(root.textContent).toContain('These are no days: Christmas');
    expect(on.saveSettings).not.toHaveBeenCalled();
  });
});

describe('What a CRM demands and nobody can say here', () => {
  const demand = (lenient: boolean) => ({
    name: 'Project__c',
    label: '‹Project›',
    of: ['meeting' as const],
    holds: 'other' as const,
    choices: [],
    lenient,
    value: null,
  });

  it.each([
    ['with who can mend it, where logs wait for it', false, /demands “.*‹Project›.*Logs wait on this device/u],
    ['and that logs go without it, where they do', true, /Forms in .* demand “.*‹Project›.*Logs go without it/u],
  ] as const)('is named without a field to fill, %s', async (_title, lenient, says) => {
    const own = [demand(lenient)];
    const { open } = stage({ connections: vi.fn(async () => [connection('connected', { own })]) });
    const root = await open();
    const demands = root.querySelector('.demands');
    expect(demands?.textContent).toMatch(says);
    expect(demands?.querySelectorAll('input, select')).toHaveLength(0);
  });
});
