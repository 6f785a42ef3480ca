import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/crm/adapter.ts';
import { completionBody, linkBody, recordBody } from '../../src/crm/salesforce/payload.ts';

type Step<S extends Delivery['step']> = Extract<Delivery, { step: S }>;

const record = (more: Partial<Step<'record'>> = {}): Step<'record'> => ({
  key: 'k-1',
  kind: 'meeting',
  step: 'record',
  start: '2026-11-18T23:30:00.000Z',
  end: '2026-11-19T00:15:00.000Z',
  day: '2026-11-18',
  subject: 'Meeting',
  ...more,
});
const who = '003Hd000001AbCdIAK';
const account = '001Hd000001AbCdIAK';

describe('what a log becomes', () => {
  it.each(['meeting', 'visit'] as const)('is an event with its times in UTC: %s', (kind) => {
    expect(recordBody(record({ kind, who, account, note: 'Pricing.' }))).toEqual({
      attributes: { type: 'Event' },
      Candor_Key__c: 'k-1',
      Subject: 'Meeting',
      Description: 'Pricing.',
      StartDateTime: '2026-11-18T23:30:00.000Z',
      EndDateTime: '2026-11-19T00:15:00.000Z',
      WhoId: who,
      WhatId: account,
    });
  });

  it('is a call with its length, done on the day it was for the person', () => {
    const call = { ...record({ kind: 'call' }), day: '2026-11-19' };
    expect(recordBody(call)).toEqual({
      attributes: { type: 'Task' },
      Candor_Key__c: 'k-1',
      Subject: 'Meeting',
      ActivityDate: '2026-11-19',
      CallDurationInSeconds: 2700,
      TaskSubtype: 'Call',
      Status: 'Completed',
    });
  });

  it('is an email or a note that is done on the day it was for the person', () => {
    expect(recordBody(record({ kind: 'email' }))).toEqual({
      attributes: { type: 'Task' },
      Candor_Key__c: 'k-1',
      Subject: 'Meeting',
      ActivityDate: '2026-11-18',
      TaskSubtype: 'Email',
      Status: 'Completed',
    });
    expect(recordBody(record({ kind: 'note' }))).toEqual({
      attributes: { type: 'Task' },
      Candor_Key__c: 'k-1',
      Subject: 'Meeting',
      ActivityDate: '2026-11-18',
      Status: 'Completed',
    });
  });

  it('leaves out what was withheld: no empty field, no null', () => {
    const body = JSON.stringify(recordBody(record()));
    expect(body).not.toMatch(/Description|WhoId|WhatId|null|""/);
  });

  it('is a task for a next step, with a due day only where one was understood', () => {
    const task = { key: 'k-2', kind: 'call', step: 'task', text: 'send pricing', due: '2026-11-27', who } as const;
    expect(recordBody(task)).toEqual({
      attributes: { type: 'Task' },
      Candor_Key__c: 'k-2',
      Subject: 'send pricing',
      ActivityDate: '2026-11-27',
      WhoId: who,
    });
    expect(recordBody({ ...task, due: null })).not.toHaveProperty('ActivityDate');
  });

  it('keeps a subject that is too long whole in the description', () => {
    const long = '😀'.repeat(300);
    const body = recordBody(record({ subject: long, note: 'More.' }));
    expect([...String(body.Subject)]).toHaveLength(255);
    expect(String(body.Subject).endsWith('😀…')).toBe(true);
    expect(body.Description).toBe(`${long}\n\nMore.`);
  });

  it('is completed by its id, with only what may leave now', () => {
    const completion = { key: 'k-3', kind: 'meeting', step: 'completion', remoteId: 'x', note: 'Pricing.' } as const;
    expect(completionBody(completion, 'Event', '00UHd000001AbCdIAK')).toEqual({
      attributes: { type: 'Event' },
      id: '00UHd000001AbCdIAK',
      Description: 'Pricing.',
    });
  });

  it('says of a further attendee that this is no invitation', () => {
    expect(linkBody('Event', '00UHd000001AbCdIAK', who)).toEqual({
      attributes: { type: 'EventRelation' },
      EventId: '00UHd000001AbCdIAK',
      RelationId: who,
      IsParent: true,
      IsInvitee: false,
    });
  });
});
