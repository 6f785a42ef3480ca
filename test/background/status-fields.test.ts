/** Which purpose of a CRM is direct marketing is nobody's guess. */
import { expect, it } from 'vitest';
import { keptFrom } from '../../src/background/status-fields.ts';
import type { StatusField } from '../../src/crm/adapter.ts';

const field = (name: string, holds: StatusField['holds']): StatusField => ({ name, label: name, holds, native: true });
const fields = { offered: [field('noMail', 'flag'), field('news', 'purpose')], usual: { email: 'noMail' } };

it('is none until somebody chose one, and none again when it is gone', () => {
  expect(keptFrom(fields, undefined).map).toEqual({ email: 'noMail' });
  expect(keptFrom(fields, { purpose: 'news' }).map).toEqual({ email: 'noMail', purpose: 'news' });
  expect(keptFrom({ ...fields, offered: [field('noMail', 'flag')] }, { purpose: 'news' }).map).toEqual({
    email: 'noMail',
  });
});

it('is no field, and no field is a purpose', () => {
  expect(keptFrom(fields, { email: 'news', purpose: 'noMail' }).map).toEqual({});
});
