import { describe, expect, it } from 'vitest';
import type { PolicyChange } from '../../src/domain/events/rights.ts';
import { BUILT_IN, BUILT_IN_FILES, lawWith } from '../../src/domain/policy/built-in.ts';
import { lawAfter } from '../../src/domain/policy/changes.ts';
import { countryPlace } from '../../src/domain/policy/countries.ts';
import { PARAMETER_PATHS } from '../../src/domain/policy/parameters.ts';
import { euPolicy } from '../../src/domain/policy/policy.ts';
import { missingParameters, readJurisdictions } from '../../src/domain/policy/resolve.ts';
import { fact, officer } from './facts.ts';
import { lawIn } from './people.ts';

const KEYS = ['EU', 'EU-DE', 'EU-FR', 'UK', 'CH', 'CA', 'CA-QC', 'US', 'US-CA', 'BR', 'AU'];

describe('every jurisdiction', () => {
  it('of the table is there and reads without a problem', () => {
    expect([...BUILT_IN.jurisdictions.keys()]).toEqual(KEYS);
    expect(BUILT_IN.problems).toEqual([]);
  });

  it.each(KEYS)('%s resolves to a complete policy: no parameter is missing', (key) => {
    expect(missingParameters(key, BUILT_IN.jurisdictions)).toEqual([]);
  });

  it.each(KEYS)('%s names a source for every parameter, and each is a default until counsel approves it', (key) => {
    const policy = lawIn(key);
    expect(Object.keys(policy.sources)).toEqual(PARAMETER_PATHS);
    expect(Object.values(policy.sources).every((said) => said.every(({ source }) => source.length > 0))).toBe(true);
    expect(policy.mark).toBe('default');
  });

  it('says which parameter a new one leaves open, by name, and is not used', () => {
    const read = readJurisdictions(
      [{ key: 'NZ', name: 'New Zealand', version: '1', validFrom: '2020-12-01', parameters: {} }],
      BUILT_IN.jurisdictions,
    );
    expect(read.problems.map(({ path }) => path)).toEqual(PARAMETER_PATHS.map((path) => `NZ.parameters.${path}`));
    expect(read.jurisdictions.has('NZ')).toBe(false);
  });
});

describe('the table of the law', () => {
  const row = (key: string, region?: string) => {
    const { notice, requests, gate, optOut, bases } = lawIn(key, region ? { region } : {});
    return {
      bases: bases?.length ?? null,
      direct: notice.direct.due.join(),
      indirect: notice.indirect.due.join(),
      request: requests.due.join(),
      extend: requests.extend.join(),
      optOut: optOut.due.join(),
      gate: gate.untold,
    };
  };
  it.each([
    [
      'EU',
      undefined,
      {
        bases: 6,
        direct: 'P0D',
        indirect: 'P1M',
        request: 'P1M',
        extend: 'P2M',
        optOut: 'P0D',
        gate: 'redact_to_minimum',
      },
    ],
    [
      'DE',
      undefined,
      {
        bases: 6,
        direct: 'P0D',
        indirect: 'P1M',
        request: 'P1M',
        extend: 'P2M',
        optOut: 'P0D',
        gate: 'redact_to_minimum',
      },
    ],
    [
      'UK',
      undefined,
      {
        bases: 7,
        direct: 'P0D',
        indirect: 'P1M',
        request: 'P1M',
        extend: 'P2M',
        optOut: 'P0D',
        gate: 'redact_to_minimum',
      },
    ],
    [
      'CH',
      undefined,
      {
        bases: null,
        direct: 'P0D',
        indirect: 'P1M',
        request: 'P30D',
        extend: '',
        optOut: 'P0D',
        gate: 'redact_to_minimum',
      },
    ],
    [
      'CA',
      undefined,
      {
        bases: null,
        direct: 'P0D',
        indirect: 'P0D',
        request: 'P30D',
        extend: '',
        optOut: 'P10BD',
        gate: 'allow_with_deadline',
      },
    ],
    [
      'CA',
      'Québec',
      {
        bases: null,
        direct: 'P0D',
        indirect: 'P0D',
        request: 'P30D',
        extend: '',
        optOut: 'P10BD',
        gate: 'allow_with_deadline',
      },
    ],
    [
      'US',
      'California',
      {
        bases: null,
        direct: 'P0D',
        indirect: '',
        request: 'P45D',
        extend: 'P45D',
        optOut: 'P10BD',
        gate: 'allow_with_deadline',
      },
    ],
    [
      'US',
      undefined,
      { bases: null, direct: '', indirect: '', request: '', extend: '', optOut: 'P10BD', gate: 'allow' },
    ],
    [
      'BR',
      undefined,
      {
        bases: 10,
        direct: 'P0D',
        indirect: 'P1M',
        request: 'P15D',
        extend: '',
        optOut: 'P0D',
        gate: 'redact_to_minimum',
      },
    ],
    [
      'AU',
      undefined,
      {
        bases: null,
        direct: 'P0D',
        indirect: 'P14D',
        request: 'P30D',
        extend: '',
        optOut: 'P5BD',
        gate: 'allow_with_deadline',
      },
    ],
  ])('%s %s', (place, region, expected) => {
    expect(row(place, region)).toEqual(expected);
  });

  it('the first communication and the first disclosure pull the EU’s deadline in, in Switzerland only the disclosure', () => {
    expect(lawIn('EU').notice.indirect.earliestOf).toEqual(['first_communication', 'first_disclosure']);
    expect(lawIn('CH').notice.indirect.earliestOf).toEqual(['first_disclosure']);
  });

  it('changes on the day it changes: the UK stops more clocks and knows a seventh basis since 5 February 2026', () => {
    expect(lawIn('UK', { at: '2026-02-04' }).requests.stopClock).toEqual(['identity']);
    expect(lawIn('UK', { at: '2026-02-05' }).requests.stopClock).toEqual(['identity', 'clarification', 'fee']);
    expect(lawIn('UK', { at: '2026-02-04' }).bases).not.toContain('recognised_legitimate_interests');
    expect(lawIn('UK', { at: '2026-06-18' }).requests.complaintAck).toEqual([]);
    expect(lawIn('UK', { at: '2026-06-19' }).requests.complaintAck).toEqual(['P30D']);
  });

  it('has a rule for marketing mail in each country', () => {
    expect(
      ['EU', 'DE', 'FR', 'UK', 'CH', 'CA', 'US', 'BR', 'AU'].map((place) => lawIn(place).marketing.email.join()),
    ).toEqual([
      'consent',
      'consent_or_existing_customer',
      'opt_out_if_job_related',
      'by_subscriber',
      'consent_or_existing_customer',
      'casl',
      'opt_out',
      'opt_out',
      'express_or_inferred',
    ]);
  });
});

describe('two laws at once: the stricter value of each parameter', () => {
  const both = lawIn('US', { controller: 'DE' });

  it('applies the place of work and the controller’s establishment together', () => {
    expect(both).toMatchObject({ key: 'US+EU-DE', jurisdictions: ['US', 'EU-DE'], jurisdictionAssumed: false });
    expect(both.notice.indirect.due).toEqual(['P1M']);
    expect(both.gate).toMatchObject({ untold: 'redact_to_minimum', onOverdue: 'hold' });
    expect(both.basisRequired).toBe(true);
    expect(both.bases).toHaveLength(6);
  });

  it('takes the smaller set of bases', () => {
    expect(lawIn('UK', { controller: 'EU' }).bases).toHaveLength(6);
    expect(lawIn('BR', { controller: 'UK' }).bases).toEqual([
      'consent',
      'legal_obligation',
      'public_task',
      'contract',
      'vital_interests',
      'legitimate_interests',
    ]);
  });

  it('keeps a month and thirty days side by side, since neither is always the earlier', () => {
    expect(lawIn('CH', { controller: 'EU' }).requests.due).toEqual(['P30D', 'P1M']);
  });

  it('grants no extension that one of the two does not know', () => {
    expect(lawIn('CH', { controller: 'EU' }).requests.extend).toEqual([]);
  });

  it('but a law without any clock for requests takes nothing away', () => {
    expect(both.requests).toMatchObject({ due: ['P1M'], extend: ['P2M'], stopClock: ['identity'] });
  });

  it('a part of a country holds the law of the whole', () => {
    expect(lawIn('DE', { controller: 'EU' })).toMatchObject({ key: 'EU-DE', jurisdictionAssumed: false });
    expect(lawIn('US', { region: 'CA', controller: 'US' }).key).toBe('US-CA');
  });

  it('stops the clock only for what both allow', () => {
    expect(lawIn('UK', { controller: 'EU' }).requests.stopClock).toEqual(['identity']);
    expect(lawIn('UK', { controller: 'CH' }).requests.stopClock).toEqual([]);
  });

  it('asks for every marketing rule, and implies consent only from what both imply it from', () => {
    expect(lawIn('CA', { controller: 'DE' }).marketing.email).toEqual(['casl', 'consent_or_existing_customer']);
    expect(lawIn('CA', { controller: 'DE' }).consent.implied).toEqual({ existing_customer: ['P2Y'] });
  });

  it('a law without bases of its own has no say in which basis is assumed', () => {
    expect(lawIn('CA', { controller: 'DE' }).basisAssumed).toBe('legitimate_interests');
  });
});

describe('where a person works', () => {
  it.each([
    ['Germany', 'EU-DE'],
    ['Deutschland', 'EU-DE'],
    ['ALLEMAGNE', 'EU-DE'],
    ['de', 'EU-DE'],
    ['DEU', 'EU-DE'],
    ['France', 'EU-FR'],
    ['Österreich', 'EU'],
    ['Norge', 'EU'],
    ['U.K.', 'UK'],
    ['Vereinigtes Königreich', 'UK'],
    ['Suisse', 'CH'],
    ['United States of America', 'US'],
    ['Brasil', 'BR'],
    ['Australien', 'AU'],
    ['Japan', null],
    ['', null],
  ])('"%s" is %s', (country, key) => {
    expect(countryPlace(country, null)).toBe(key);
  });

  it('counts a province and a state with a law of its own', () => {
    expect(countryPlace('Canada', 'QC')).toBe('CA-QC');
    expect(countryPlace('Kanada', 'Québec')).toBe('CA-QC');
    expect(countryPlace('USA', 'CA')).toBe('US-CA');
    expect(countryPlace('USA', 'Texas')).toBe('US');
    expect(countryPlace('Germany', 'CA')).toBe('EU-DE');
  });

  it('unknown, or nowhere we know the law of: the controller’s law, and it says that this is assumed', () => {
    for (const placeOfWork of [null, 'Japan']) {
      const policy = BUILT_IN.policyFor({
        placeOfWork,
        controllerEstablishment: 'CH',
        at: '2026-11-20',
        zone: 'Europe/Zurich',
      });
      expect(policy).toMatchObject({ key: 'CH', jurisdictionAssumed: true });
    }
  });

  it('an unknown establishment falls back to the strict default', () => {
    expect(
      BUILT_IN.policyFor({ placeOfWork: null, controllerEstablishment: 'Atlantis', at: '2026-11-20', zone: 'UTC' }).key,
    ).toBe('EU');
  });
});

describe('a bad policy', () => {
  const german = BUILT_IN_FILES[1] as { parameters: object };

  it.each([
    [
      'EU-DE.parameters.requests.due',
      { ...german, parameters: { 'requests.due': { value: 'one month', source: 's', mark: 'default' } } },
    ],
    [
      'EU-DE.parameters.gate.untold',
      { ...german, parameters: { 'gate.untold': { value: 'send_all', source: 's', mark: 'default' } } },
    ],
    [
      'EU-DE.parameters.gate.escalateAt',
      { ...german, parameters: { 'gate.escalateAt': { value: 7, source: 's', mark: 'default' } } },
    ],
    [
      'EU-DE.parameters.consent.implied',
      { ...german, parameters: { 'consent.implied': { value: { guess: 'P1M' }, source: 's', mark: 'default' } } },
    ],
    [
      'EU-DE.parameters.requests.dew',
      { ...german, parameters: { 'requests.dew': { value: 'P1M', source: 's', mark: 'default' } } },
    ],
    ['EU-DE.validFrom', { ...german, validFrom: 'soon' }],
    ['EU-DE.extends', { ...german, extends: 'DE' }],
    ['?.key', { ...german, key: undefined }],
  ])('names its path: %s', (path, file) => {
    const law = lawWith([file]);
    expect(law.problems.map((one) => one.path)).toContain(path);
    expect(law.policyFor({ placeOfWork: 'DE', controllerEstablishment: 'DE', at: '2026-11-20', zone: 'UTC' })).toEqual(
      BUILT_IN.policyFor({ placeOfWork: 'DE', controllerEstablishment: 'DE', at: '2026-11-20', zone: 'UTC' }),
    );
  });

  it('leaves the strict default in force where there was none before, and says for whom it stands in', () => {
    const law = lawWith([
      {
        key: 'NZ',
        name: 'New Zealand',
        extends: 'AU',
        version: '1',
        validFrom: '2020-12-01',
        parameters: { 'requests.due': { value: 'P20', source: 's', mark: 'default' } },
      },
    ]);
    expect(
      law.policyFor({ placeOfWork: 'NZ', controllerEstablishment: 'CH', at: '2026-11-20', zone: 'UTC' }),
    ).toMatchObject({
      key: 'EU+CH',
      standsInFor: ['NZ'],
    });
  });

  it('that extends itself is refused', () => {
    const law = lawWith([{ ...(BUILT_IN_FILES[0] as object), extends: 'EU-DE' }]);
    expect(law.problems.map(({ path }) => path)).toContain('EU.extends');
    expect(
      lawWith([{ ...(BUILT_IN_FILES[0] as object), extends: 'EU-DE' }]).policyFor({
        placeOfWork: 'EU',
        controllerEstablishment: 'EU',
        at: '2026-11-20',
        zone: 'UTC',
      }).key,
    ).toBe('EU');
  });

  it('that is no object at all is refused with a sentence', () => {
    expect(lawWith([null, 'EU', 7]).problems).toHaveLength(3);
  });
});

describe('a change of policy is a fact', () => {
  const change = (changes: readonly PolicyChange[], at = '2026-11-10T09:00:00Z', validFrom = '2026-11-11') =>
    fact('policy.changed', at, { version: '2', validFrom, reason: 'counsel', changes });
  const date: PolicyChange = {
    jurisdiction: 'EU',
    parameter: 'gate.backlogUntil',
    value: '2027-03-31',
    source: 'officer',
    mark: 'approved',
  };
  const eu = (entries: Parameters<typeof lawAfter>[1], at = '2026-11-20') =>
    lawAfter(BUILT_IN, entries).policyFor({ placeOfWork: 'EU', controllerEstablishment: 'EU', at, zone: 'UTC' });

  it('that an officer makes is in force from its day on, also for what extends it', () => {
    const entries = [officer(change([date]))];
    expect(eu(entries, '2026-11-10').gate.backlogUntil).toBeNull();
    expect(eu(entries).gate.backlogUntil).toBe('2027-03-31');
    expect(eu(entries).version).toBe('EU@2');
    expect(eu(entries).sources['gate.backlogUntil']).toEqual([
      { jurisdiction: 'EU', source: 'officer', mark: 'approved' },
    ]);
  });

  it('that a manager makes changes nothing, and a sentence says why', () => {
    const law = lawAfter(BUILT_IN, [change([date])]);
    expect(law.problems[0]?.problem).toBe('A policy is changed by an officer or administrator, not by a manager.');
    expect(eu([change([date])]).gate.backlogUntil).toBeNull();
  });

  it('is taken as a whole or not at all', () => {
    const bad = { ...date, parameter: 'requests.due', value: 'P1X' };
    const law = lawAfter(BUILT_IN, [officer(change([date, bad]))]);
    expect(law.problems.map(({ path }) => path)).toEqual(['EU.parameters.requests.due']);
    expect(eu([officer(change([date, bad]))]).gate.backlogUntil).toBeNull();
    expect(lawAfter(BUILT_IN, [officer(change([{ ...date, jurisdiction: 'XX' }]))]).problems[0]?.problem).toBe(
      'There is no jurisdiction "XX".',
    );
  });

  it('gives the same law in whatever order the facts arrive', () => {
    const first = officer(change([date]));
    const second = officer(change([{ ...date, value: '2027-01-31' }], '2026-11-12T09:00:00Z'));
    expect(eu([second, first]).gate.backlogUntil).toBe(eu([first, second]).gate.backlogUntil);
    expect(eu([first, second]).gate.backlogUntil).toBe('2027-01-31');
  });

  it('approves: a policy is approved once every parameter is', () => {
    const approved = BUILT_IN_FILES.slice(0, 1).map((file) => {
      const { parameters } = file as { parameters: Record<string, object> };
      return {
        ...(file as object),
        parameters: Object.fromEntries(
          Object.entries(parameters).map(([path, said]) => [path, { ...said, mark: 'approved' }]),
        ),
      };
    });
    expect(
      lawWith(approved).policyFor({ placeOfWork: 'EU', controllerEstablishment: 'EU', at: '2026-11-20', zone: 'UTC' })
        .mark,
    ).toBe('approved');
  });
});

describe('the policy of the first version', () => {
  it('is the EU’s', () => {
    expect(euPolicy('Europe/Berlin')).toMatchObject({
      key: 'EU',
      zone: 'Europe/Berlin',
      mark: 'default',
      standsInFor: [],
    });
  });
});
