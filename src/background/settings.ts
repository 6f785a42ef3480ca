/** What the company set once: who answers for the data, and in which zone its days end. */
import type { Controller } from '../domain/policy/notices.ts';
import type { Platform } from './platform.ts';
import type { ReadTx, WriteTx } from './store/store.ts';

export interface Settings {
  readonly controller: Controller & {
    readonly zone: string;
    /** Where the company is established: a country. Absent until somebody says it; the strict default stands in. */
    readonly country?: string;
    /** Days besides weekends that move a deadline on, `YYYY-MM-DD`. */
    readonly holidays?: readonly string[];
    /** An https address where the notice can be read. */
    readonly noticePage?: string;
  };
  readonly zoneAssumed: boolean;
  readonly worksAlone: boolean;
}

/** Until a zone is set, the device's stands in, and is shown as assumed. */
export const settingsOf = async (tx: ReadTx, platform: Pick<Platform, 'zone'>): Promise<Settings> => {
  const saved = (await tx.get('meta', 'settings'))?.value as Settings | undefined;
  return (
    saved ?? {
      controller: { name: '', privacyContact: '', zone: platform.zone() },
      zoneAssumed: true,
      worksAlone: false,
    }
  );
};

export const saveSettings = (tx: WriteTx, settings: Settings): Promise<void> =>
  tx.put('meta', { name: 'settings', value: settings });
