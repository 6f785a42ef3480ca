import { describe, expect, it } from 'vitest';
import { parse } from '../../src/domain/quick-log/parse.ts';
import { invitationIn, lineFor, readInvitation } from '../../src/ui/quick-log/invitation.ts';

const NOW = '2026-03-13T08:00:00Z';
const ZONE = 'Europe/Zurich';
const ics = (...lines: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'UID:1', ...lines, 'END:VEVENT', 'END:VCALENDAR'].join('\r\n');
const read = (...lines: string[]) => readInvitation(ics(...lines), NOW, ZONE);

const INVITED = [
  'SUMMARY:Q3 renewal\\, pricing > next',
  'DTSTART:20260312T130000Z',
  'DTEND:20260312T134500Z',
  'ORGANIZER;CN=Mira Vogel:mailto:mira@norrland.example',
  'ATTENDEE;CN="Reyes, Dana";PARTSTAT=ACCEPTED:mailto:Dana@halden.example',
  'ATTENDEE:mailto:li.wei@halden.example',
  'ATTENDEE;CUTYPE=ROOM;CN=Room 4:mailto:room4@halden.example',
  'ATTENDEE;CN=Noor Haddad;PARTSTAT=DECLINED:mailto:noor@halden.example',
];

describe('an invitation', () => {
  it('names the people who came, not the rooms and not who declined', async () => {
    expect((await read(...INVITED))?.people).toEqual([
      { email: 'mira@norrland.example', name: 'Mira Vogel' },
      { email: 'dana@halden.example', name: 'Dana Reyes' },
      { email: 'li.wei@halden.example', name: 'li wei' },
    ]);
  });

  it('becomes a line that the grammar reads: kind, people, time, subject, and what was typed as the note', async () => {
    const invitation = await read(...INVITED);
    const line = lineFor(invitation!, ['Dana Reyes', 'Li Wei'], 'wants pricing by region');
    expect(line).toBe(
      'met @Dana Reyes, @Li Wei 2026-03-12 14:00-14:45 re Q3 renewal pricing next, wants pricing by region',
    );
    const draft = parse(line, { now: NOW, zone: ZONE, names: ['Dana Reyes', 'Li Wei'] });
    expect(draft).toMatchObject({
      kind: 'meeting',
      when: { start: '2026-03-12T13:00:00Z', end: '2026-03-12T13:45:00Z' },
      subject: 'Q3 renewal pricing next',
      note: 'wants pricing by region',
    });
    expect(draft.mentions.map(({ words }) => words)).toEqual(['Dana Reyes', 'Li Wei']);
  });

  it.each([
    [
      'a zone it describes not but names',
      ['DTSTART;TZID=America/New_York:20260312T090000', 'DURATION:PT30M'],
      '2026-03-12 14:00-14:30',
    ],
    ['no zone at all: the clock on the wall', ['DTSTART:20260312T090000', 'DURATION:PT30M'], '2026-03-12 09:00-09:30'],
    ['a zone nobody knows', ['DTSTART;TZID=Nowhere/Land:20260312T090000', 'DURATION:PT30M'], '2026-03-12 09:00-09:30'],
    ['a whole day', ['DTSTART;VALUE=DATE:20260312'], '2026-03-12'],
    ['a night', ['DTSTART:20260311T220000Z', 'DTEND:20260312T003000Z'], '2026-03-11 23:00 150m'],
    [
      'a series: the last that has begun',
      ['DTSTART:20260301T080000Z', 'DURATION:PT15M', 'RRULE:FREQ=DAILY'],
      '2026-03-13 09:00-09:15',
    ],
    [
      'a series yet to begin',
      ['DTSTART:20260401T080000Z', 'DURATION:PT15M', 'RRULE:FREQ=DAILY'],
      '2026-04-01 10:00-10:15',
    ],
  ])('with %s', async (_what, lines, when) => {
    expect((await read('SUMMARY:x', ...lines))?.when).toBe(when);
  });

  it('keeps a zone that the file itself describes, under a name of its own', async () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:Eastern, our way',
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:-0500',
      'TZOFFSETTO:-0500',
      'END:STANDARD',
      'END:VTIMEZONE',
    ];
    const whole = ics('DTSTART;TZID="Eastern, our way":20260312T080000', 'DURATION:PT1H').replace(
      'BEGIN:VEVENT',
      `${zone.join('\r\n')}\r\nBEGIN:VEVENT`,
    );
    expect((await readInvitation(whole, NOW, ZONE))?.when).toBe('2026-03-12 14:00-15:00');
  });

  it.each(['', 'BEGIN:VCALENDAR', 'BEGIN:VCALENDAR\r\nEND:VCALENDAR', 'hello', ics('DTSTART:nonsense')])(
    'that is none, or is broken, is nothing: %j',
    async (text) => {
      expect(await readInvitation(text, NOW, ZONE)).toBeNull();
    },
  );

  it('is seen by its name, by its type, or by its first words; anything else is left alone', async () => {
    const data = (files: File[], text = '') => ({ files, getData: () => text }) as unknown as DataTransfer;
    const file = new File([ics('SUMMARY:x')], 'invite.ics');
    expect(await invitationIn(data([file]))).toContain('BEGIN:VEVENT');
    expect(await invitationIn(data([new File(['y'], 'a', { type: 'text/calendar' })]))).toBe('y');
    expect(await invitationIn(data([], ics()))).toContain('VCALENDAR');
    expect(await invitationIn(data([new File(['x'.repeat(1_000_001)], 'huge.ics')]))).toBe('');
    expect(invitationIn(data([new File([], 'photo.png')]))).toBeNull();
    expect(invitationIn(data([], 'met @dana'))).toBeNull();
    expect(invitationIn(null)).toBeNull();
  });
});
