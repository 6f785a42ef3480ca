/** The officer's question to the ledger, and how many messages were refused because of who asked. */
import { verifyLedger } from '../verification.ts';
import type { Handler } from './handler.ts';

export const REFUSED_MESSAGES = 'refusedMessages';

export const verify: Handler<'verify'> = ({ store, platform }) =>
  store.read(async (tx) => {
    const { findings, facts, ...found } = await verifyLedger(tx);
    return {
      ...found,
      facts,
      findings,
      verdict: findings.length > 0 ? 'damaged' : facts === 0 ? 'empty' : 'intact',
      checkedAt: new Date(platform.now()).toISOString(),
      refusedMessages: ((await tx.get('meta', REFUSED_MESSAGES))?.value as number | undefined) ?? 0,
    };
  });
