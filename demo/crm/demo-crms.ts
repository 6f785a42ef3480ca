/** The CRMs that the demo can put on stage: one line each. */
import type { DemoCrm, DemoCrmOptions } from './demo-crm.ts';
import { startDynamicsDemo } from './dynamics/demo.ts';
import { startEspoDemo } from './espocrm/demo.ts';
import { startSalesforceDemo } from './salesforce-demo.ts';

export const demoCrms = {
  salesforce: startSalesforceDemo,
  dynamics: startDynamicsDemo,
  espocrm: startEspoDemo,
} satisfies Record<string, (options?: DemoCrmOptions) => Promise<DemoCrm>>;

export type DemoCrmName = keyof typeof demoCrms;

/** The CRM that `--crm <name>` asks for, the first without it; a sentence where there is none of that name. */
export function crmAsked(args: readonly string[]): DemoCrmName {
  const at = args.findIndex((each) => each === '--crm' || each.startsWith('--crm='));
  const name = at < 0 ? 'salesforce' : (args[at]?.split('=')[1] ?? args[at + 1] ?? '');
  if (Object.hasOwn(demoCrms, name)) return name as DemoCrmName;
  throw new Error(`There is no demo CRM called "${name}": --crm ${Object.keys(demoCrms).join(' | ')}`);
}
