import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type DemoCrmName, demoCrms } from '../../demo/crm/demo-crms.ts';
import { openStage } from '../../demo/stage.ts';
import { playTour, type StepResult } from '../../demo/tour.ts';
import { extensionDir } from './acts.ts';

const out = mkdtempSync(join(tmpdir(), 'candor-tour-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

// All at once: most of a tour is waiting for the ten seconds of undo.
it.concurrent.each(Object.keys(demoCrms) as DemoCrmName[])(
  'a person can do all six steps of the main job in %s, and the CRM holds what each of them says',
  async (crm) => {
    const stage = await openStage({ extensionDir: extensionDir(), crm });
    const pictures = join(out, crm);
    const passed = await playTour(stage, pictures, () => {}).finally(() => stage.close());
    const { steps } = JSON.parse(readFileSync(join(pictures, 'tour.json'), 'utf8')) as { steps: StepResult[] };
    expect(steps.filter(({ ok }) => !ok)).toEqual([]);
    expect(steps).toHaveLength(6);
    expect(passed).toBe(true);
  },
  240_000,
);
