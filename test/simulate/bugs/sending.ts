/** Bugs on the way to the CRM and back. */
import { type Planted, planted } from './planted.ts';

const LEASE = 'src/background/lease.ts';
const SYNC = 'src/background/sync.ts';
const PUSH = 'src/crm/salesforce/push.ts';
const SEND = 'src/background/send.ts';

export const sendingBugs: readonly Planted[] = [
  planted('10-id-minted-at-send', 'a retry makes a second record', LEASE, [
    ['leaving(row.step, row.key, weighed,', 'leaving(row.step, platform.id(), weighed,'],
  ]),
  planted(
    '11-lock-by-flag',
    'a worker stopped while it sends leaves the flag up for ever',
    SYNC,
    [
      [
        'await platform.alone(LOCK, async () => {',
        'if (await platform.session.get(LOCK)) return whenDue(null);\n      await platform.session.set(LOCK, true);\n      await (async () => {',
      ],
      ['await drain();\n      });', 'await drain();\n        await platform.session.remove(LOCK);\n      })();'],
    ],
    ['worker-killed'],
  ),
  planted('12-record-without-its-key', 'a record without its key cannot be found again', PUSH, [
    [
      "const items = await sendCollection(send, 'PATCH',",
      "const items = await sendCollection(send, 'POST', '', bodies.map(({ [KEY_FIELD]: _, ...rest }) => rest as never));\n    await sendCollection(send, 'PATCH',",
    ],
  ]),
  planted(
    '13-link-without-probe',
    'a link whose answer was lost is made twice',
    PUSH,
    [['const there = await read(jobs);', 'const there = new Map<string, string>();']],
    ['drop-after'],
  ),
  planted(
    '14-positional-batch',
    'a short list gives one log the record of another',
    'src/crm/salesforce/collection.ts',
    [['if (answer.value.length !== records.length)', 'if (answer.value.length < 1)']],
    ['short-list'],
  ),
  planted(
    '15-private-text-in-a-retry',
    'private words leave with the second try',
    LEASE,
    [
      [
        'leased.push({ row: inFlight, delivery: withOwn(leaves.delivery, own.values) });',
        `const kept = ((await tx.get('payloads', activity.id))?.payload as never as { private: { content: string } | null })?.private;
        const secret = ((await tx.get('contents', kept?.content ?? ''))?.words as { private: string } | undefined)?.private;
        const again = row.attempts > 0 && secret ? { ...leaves.delivery, note: secret } : withOwn(leaves.delivery, own.values);
        leased.push({ row: inFlight, delivery: again as never });`,
      ],
    ],
    ['drop-after'],
  ),
  planted('16-remove-then-send', 'a worker stopped while it sends has forgotten what it sent', LEASE, [
    ["await tx.put('outbox', inFlight);", "await tx.remove('outbox', row.key);"],
  ]),
  planted('17-settle-without-receipt', 'nobody can say later what crossed', SYNC, [
    [
      "      case 'stored': {\n",
      "      case 'stored': {\n        await tx.put('outbox', { ...row, state: 'settled', why: null });\n        return connection;\n",
    ],
  ]),
  planted(
    '18-pause-not-stored',
    'the CRM asks for a minute and gets a storm',
    SYNC,
    [['return { ...connection, pausedUntil: Math.max(connection.pausedUntil, now + wait) };', 'return connection;']],
    ['throttled-429'],
  ),
  planted(
    '19-reads-ignore-the-pause',
    'looking somebody up goes on while the CRM asked for a rest',
    'src/background/lane.ts',
    [["if (wait > 0) throw new Refused({ is: 'throttled', after: wait });", '']],
    ['throttled-503', 'search'],
  ),
  planted(
    '20-refresh-not-single-flight',
    'two refreshes at once: the second is refused, and the person signed out',
    SEND,
    [['const under = ours.get(id) ?? refresh(wire)', 'const under = refresh(wire)']],
    ['session-lost', 'search'],
  ),
  planted(
    '21-foreign-sign-in',
    'rows leased for one user leave with the token of the next',
    SEND,
    [['if (now && now.signIn !== connection.signIn) throw new SignInChanged();', '']],
    ['other-user', 'slow'],
  ),
  planted(
    '22-completion-by-key',
    'a log that somebody deleted in the CRM comes back',
    PUSH,
    [
      [
        'sorted.completions.push({ at, identity: id, body: completionBody(delivery, object, id) });',
        "const { id: _, ...body } = completionBody(delivery, object, id);\n    sorted.upserts[object].push({ at, identity: delivery.key, body: { ...body, [KEY_FIELD]: delivery.key.replace('completion', 'record') } as never });",
      ],
    ],
    ['crm-record-deleted', 'tell'],
  ),
  planted(
    '32-two-senders',
    'a second context takes for lost what the first is sending',
    SYNC,
    [
      ['await platform.alone(LOCK, async () => {', 'await (async () => {'],
      ['await drain();\n      });', 'await drain();\n      })();'],
    ],
    ['second-worker', 'slow'],
  ),
  planted(
    '33-wait-lost-with-its-write',
    'storage stumbles once, and what the CRM asked for is forgotten',
    'src/background/keep-trying.ts',
    [['const TRIES = 16;', 'const TRIES = 1;']],
    ['throttled-429', 'tx-aborted', 'connection-closed', 'syncNow'],
  ),
];
