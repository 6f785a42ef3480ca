/** Rules about what the CRM did: I2. Asked after each answer it made. */
import { type Effect, KEY } from '../crm/org.ts';
import type { Oracle } from './oracle.ts';

export const afterEffect = (oracle: Oracle, { is, record, user, fields }: Effect): void => {
  const { org } = oracle.world;
  if (record.type === 'Event' || record.type === 'Task') {
    const key = String(record.fields[KEY] ?? '');
    if (key === '') oracle.broken('I2 at most one', `the CRM made ${record.Id} without a key`);
    const same = org.live(record.type).filter((one) => one.fields[KEY] === key);
    if (same.length > 1) oracle.broken('I2 at most one', `${same.length} records for ${key}`);
    if (is === 'created' && oracle.receipts.has(key))
      oracle.broken('I2 at most one', `${key} was made again after its receipt`);
    const note = /pubq\w+/u.exec(String(fields.Description ?? ''))?.[0];
    const own = oracle.activity(key.split('/')[0] ?? '')?.words.note ?? '';
    if (note && !own.includes(note)) oracle.broken('I2 at most one', `${key} got the words of another log`);
  }
  if (record.type === 'EventRelation' || record.type === 'TaskRelation') {
    const activity = org.find(record.fields.EventId ?? record.fields.TaskId);
    const who = org.find(record.fields.RelationId)?.Id;
    const same = org.live(record.type).filter((one) => {
      const other = org.find(one.fields.EventId ?? one.fields.TaskId);
      return other === activity && org.find(one.fields.RelationId)?.Id === who;
    });
    if (same.length > 1) oracle.broken('I2 at most one', `${who} is attached to ${activity?.Id} twice`);
  }
  if (user === '') oracle.broken('I2 at most one', 'an effect of nobody');
};
