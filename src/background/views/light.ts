/** The light in which a view is drawn: now, rules, zone, language. */
import type { House } from '../house.ts';
import { rulesOf } from '../rules.ts';
import type { ReadTx } from '../store/store.ts';
import type { LogLight } from './log.ts';
import type { Light } from './person.ts';

export const light = async (tx: ReadTx, { platform }: House): Promise<Light> => ({
  now: new Date(platform.now()).toISOString(),
  rules: await rulesOf(tx, platform),
  zone: platform.zone(),
  language: platform.language(),
});

export const logLight = ({ platform, say, abouts }: House): LogLight => ({
  nowMs: platform.now(),
  online: platform.online(),
  language: platform.language(),
  say,
  abouts,
});
