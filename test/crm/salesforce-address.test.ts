import { describe, expect, it } from 'vitest';
import { aboutById } from '../../src/crm/by-id.ts';
import { about } from '../../src/crm/salesforce/about.ts';
import { canonicalId } from '../../src/crm/salesforce/record-id.ts';
import { aboutByUrl, recordByUrl } from './by-url.ts';

const C15 = '003Hd000001AbCd';
const C18 = '003Hd000001AbCdIAK';
const A15 = '001Hd000001AbCd';
const A18 = '001Hd000001AbCdIAK';
const H = 'https://acme.lightning.force.com';

describe('a record id', () => {
  it.each([
    ['003000000000000', '003000000000000AAA'],
    ['003AAAAAAAAAAAA', '003AAAAAAAAAAAAY55'],
    [C15, C18],
    [C18, C18],
    ['0012800000abcdE', '0012800000abcdEAAQ'],
  ])('is kept in 18 characters: %s', (given, kept) => {
    expect(canonicalId(given)).toBe(kept);
  });

  it.each([
    '',
    '003',
    C15.slice(1),
    `${C15}I`,
    `${C15}IA`,
    `${C18}X`,
    `${C15}iak`,
    `${C15}AAA`,
    C18.toLowerCase(),
    '003Hd000001AbC_',
    '003Hd000001AbC-',
    '003Hd000001AbCd\n',
    `${C15} AK`,
    '003Hd000001AbC’',
  ])('is not taken when it was mangled: %j', (given) => {
    expect(canonicalId(given)).toBeNull();
  });
});

describe('an address', () => {
  it.each([
    [`${H}/lightning/r/Contact/${C18}/view`, C18],
    [`${H}/lightning/r/Contact/${C15}/view`, C18],
    [`${H}/lightning/r/Contact/${C18}/view/`, C18],
    [`${H}/lightning/r/Contact/${C18}/view?ws=%2Flightning%2Fr%2FAccount%2F${A18}%2Fview`, C18],
    [`${H}/lightning/r/Contact/${C18}/view?language=de&x=1#top`, C18],
    [`${H}/lightning/r/Contact/${C18}/view#/sObject/${A18}/view`, C18],
    [`${H}/lightning/r/Contact/${C18}/related/Opportunities/view`, C18],
    [`${H}/lightning/r/Contact/${C18}/related/My_List__r/view?0.source=x`, C18],
    [`${H}/lightning/r/Account/${A18}/view`, A18],
    [`${H}/lightning/r/Account/${A15}/related/Contacts/view`, A18],
    [`${H}/one/one.app#/sObject/${C18}/view`, C18],
    [`${H}/one/one.app#/sObject/${A15}/view?t=1`, A18],
    [`${H}/one/one.app#%2FsObject%2F${C18}%2Fview`, C18],
    [`${H}/one/one.app#%2fsObject%2f${A15}%2fview%3Ft=1`, A18],
    [`${H}/one/one.app?source=alohaHeader#/sObject/${C18}/view`, C18],
    [`https://acme--test.sandbox.lightning.force.com/lightning/r/Contact/${C18}/view`, C18],
    [`https://acme-dev-ed.develop.lightning.force.com/lightning/r/Contact/${C18}/view`, C18],
    [`https://acme2.trailblaze.lightning.force.com/lightning/r/Account/${A18}/view`, A18],
  ])('shows a record: %s', (url, id) => {
    expect(about.recordFromUrl(url)).toEqual({
      tenant: new URL(url).host,
      type: id === C18 ? 'contact' : 'account',
      id,
    });
    expect(recordByUrl(url)?.about).toBe(about);
  });

  it.each([
    [`https://acme.my.salesforce.com/${C18}`, 'acme.lightning.force.com', C18],
    [`https://acme.my.salesforce.com/${C15}`, 'acme.lightning.force.com', C18],
    [`https://acme.my.salesforce.com/${A15}?nooverride=1`, 'acme.lightning.force.com', A18],
    [`https://acme--test.sandbox.my.salesforce.com/${C15}#top`, 'acme--test.sandbox.lightning.force.com', C18],
    [`https://acme.lightning.force.mil/lightning/r/Contact/${C18}/view`, 'acme.lightning.force.mil', C18],
    [`https://acme.my.salesforce.mil/${A18}`, 'acme.lightning.force.mil', A18],
  ])('in Classic and on the government cloud shows the same organisation and record: %s', (url, tenant, id) => {
    expect(about.recordFromUrl(url)).toEqual({ tenant, type: id === C18 ? 'contact' : 'account', id });
    expect(recordByUrl(url)?.about).toBe(about);
  });

  it.each([
    // No record
    `${H}/`,
    `${H}/lightning/page/home`,
    `${H}/lightning/o/Contact/list?filterName=Recent`,
    `${H}/lightning/o/Contact/new`,
    `${H}/lightning/o/Contact/${C18}/view`,
    `${H}/lightning/setup/SetupOneHome/home`,
    `${H}/lightning/setup/ManageUsers/page?address=%2F${C18}`,
    `${H}/lightning/r/Contact/${C18}`,
    `${H}/lightning/r/Contact/${C18}/`,
    `${H}/lightning/r/Contact/${C18}/edit`,
    `${H}/lightning/r/Contact/${C18}/clone`,
    `${H}/lightning/r/Contact/${C18}/viewer`,
    `${H}/lightning/r/Contact/${C18}/view/more`,
    `${H}/lightning/r/Contact/${C18}/related/view`,
    `${H}/lightning/r/Contact/${C18}/related/a/b/view`,
    `${H}/lightning/r/${C18}/view`,
    `${H}/lightning/cmp/c__view?id=${C18}`,
    `${H}/?u=/lightning/r/Contact/${C18}/view`,
    `${H}/#/lightning/r/Contact/${C18}/view`,
    `${H}//lightning/r/Contact/${C18}/view`,
    `${H}/one/one.app`,
    `${H}/one/one.app#/sObject/Contact/list`,
    `${H}/one/one.app#/sObject/00UHd000001AbCdIAK/view`,
    `${H}/one/one.app#/sObject/${C18}/view%`,
    `${H}/one/one.app#%/sObject/${C18}/view`,
    `${H}/one/one.app#%252FsObject%252F${C18}%252Fview`,
    `${H}/lightning%2Fr%2FContact%2F${C18}%2Fview`,
    `${H}/one/one.app%23/sObject/${C18}/view`,
    `${H}/one/one.appx#/sObject/${C18}/view`,
    `${H}/one/one.app/x#/sObject/${C18}/view`,
    // Another record, or an id that does not fit
    `${H}/lightning/r/Lead/00QHd000001AbCdIAK/view`,
    `${H}/lightning/r/Opportunity/006Hd000001AbCdIAK/view`,
    `${H}/lightning/r/Contact/${A18}/view`,
    `${H}/lightning/r/Account/${C18}/view`,
    `${H}/lightning/r/contact/${C18}/view`,
    `${H}/lightning/r/Contact/${C18.toLowerCase()}/view`,
    `${H}/lightning/r/Contact/${C15}I/view`,
    `${H}/lightning/r/Contact/${C15}IA/view`,
    `${H}/lightning/r/Contact/${C18}X/view`,
    `${H}/lightning/r/Contact/${C15}XXX/view`,
    `${H}/lightning/r/Contact/%30%30%33Hd000001AbCd/view`,
    `${H}/lightning/r/Contact/003Hd00000_AbCd/view`,
    `${H}/lightning/r/Contact/000000000000000/view`,
    // Not this CRM
    `http://acme.lightning.force.com/lightning/r/Contact/${C18}/view`,
    `https://acme.lightning.force.com:8443/lightning/r/Contact/${C18}/view`,
    `https://lightning.force.com/lightning/r/Contact/${C18}/view`,
    `https://acme.my.salesforce.com/lightning/r/Contact/${C18}/view`,
    `https://acme.my.salesforce.com/${C18}/e`,
    `https://acme.my.salesforce.com/${C15}I`,
    `https://acme.my.salesforce.com/00UHd000001AbCd`,
    `https://acme.my.salesforce.com/apex/page?id=${C18}`,
    `https://acme.my.salesforce.com/_ui/core/${C18}`,
    `https://acme.my.salesforce.com/console#%2F${C18}`,
    `https://acme.my.salesforce.org/${C18}`,
    `https://acme.my.salesforce.com.evil.test/${C18}`,
    `https://user@acme.my.salesforce.com/${C18}`,
    `https://acme.lightning.force.com.evil.test/lightning/r/Contact/${C18}/view`,
    `https://evil.test/acme.lightning.force.com/lightning/r/Contact/${C18}/view`,
    `https://evil.test/?https://acme.lightning.force.com/lightning/r/Contact/${C18}/view`,
    `https://acme.lightning.force.com@evil.test/lightning/r/Contact/${C18}/view`,
    `https://evil.test#@acme.lightning.force.com/lightning/r/Contact/${C18}/view`,
    `https://user@acme.lightning.force.com/lightning/r/Contact/${C18}/view`,
    `https://user:word@acme.lightning.force.com/lightning/r/Contact/${C18}/view`,
    `https://acmelightning.force.com/lightning/r/Contact/${C18}/view`,
    `https://acme.lightning.force.com./lightning/r/Contact/${C18}/view`,
    `https://acme.lightningXforce.com/lightning/r/Contact/${C18}/view`,
    `https://acme.my.site.com/s/contact/${C18}/dana`,
    `https://acme.vf.force.com/apex/page?id=${C18}`,
    `javascript:"${H}/lightning/r/Contact/${C18}/view"`,
    `view-source:${H}/lightning/r/Contact/${C18}/view`,
    `filesystem:${H}/lightning/r/Contact/${C18}/view`,
    ` ${H}/lightning/r/Contact/${C18}/view`,
    `x\n${H}/lightning/r/Contact/${C18}/view`,
    'not an address',
    '',
  ])('shows no record that we are certain of: %j', (url) => {
    expect(about.recordFromUrl(url)).toBeNull();
    expect(recordByUrl(url)).toBeNull();
  });

  it.each([
    [`${H}/lightning/page/home`, 'acme', ''],
    ['https://acme.my.salesforce.com', 'acme', ''],
    ['https://ACME.my.salesforce.com/home/home.jsp', 'acme', ''],
    ['https://acme--sbx.sandbox.lightning.force.com/x', 'acme--sbx', '.sandbox'],
    ['https://acme--sbx.sandbox.my.salesforce.com/x', 'acme--sbx', '.sandbox'],
    ['https://acme-dev-ed.develop.my.salesforce.com/', 'acme-dev-ed', '.develop'],
  ])('leads to the two hosts of its organisation: %s', (url, org, partition) => {
    expect(about.tenantFromUrl(url)).toEqual({
      tenant: `${org}${partition}.lightning.force.com`,
      uiOrigin: `https://${org}${partition}.lightning.force.com`,
      apiOrigin: `https://${org}${partition}.my.salesforce.com`,
    });
    expect(aboutByUrl(url)).toBe(about);
  });

  it('of the government cloud leads to its own two hosts', () => {
    expect(about.tenantFromUrl('https://acme.my.salesforce.mil/x')).toEqual({
      tenant: 'acme.lightning.force.mil',
      uiOrigin: 'https://acme.lightning.force.mil',
      apiOrigin: 'https://acme.my.salesforce.mil',
    });
  });

  it.each([
    'http://acme.my.salesforce.com/',
    'https://acme.my.salesforce.com:444/',
    'https://my.salesforce.com/',
    'https://login.salesforce.com/',
    'https://acme.my.salesforce.com.evil.test/',
    'https://acme.my.salesforce.com@evil.test/',
    'https://user@acme.my.salesforce.com/',
    'https://acme.my.salesforce-setup.com/',
    'acme.my.salesforce.com',
    '',
  ])('is of no organisation: %j', (url) => {
    expect(about.tenantFromUrl(url)).toBeNull();
    expect(aboutByUrl(url)).toBeNull();
  });

  it('of an activity says what it is', () => {
    expect(about.recordUrl('acme.lightning.force.com', 'activity', '00UHd000001AbCdIAK')).toBe(
      `${H}/lightning/r/Event/00UHd000001AbCdIAK/view`,
    );
    expect(about.recordUrl('acme.lightning.force.com', 'activity', '00THd000001AbCdIAK')).toBe(
      `${H}/lightning/r/Task/00THd000001AbCdIAK/view`,
    );
  });

  it('can be looked up by the name it is stored under', () => {
    expect(aboutById('salesforce')).toBe(about);
    expect(aboutById('__proto__')).toBeNull();
  });
});
