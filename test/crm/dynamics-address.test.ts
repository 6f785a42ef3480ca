import { Window } from 'happy-dom';
import { describe, expect, it } from 'vitest';
import { aboutById } from '../../src/crm/by-id.ts';
import { about } from '../../src/crm/dynamics/about.ts';
import { page } from '../../src/crm/dynamics/page.ts';
import { canonicalId } from '../../src/crm/dynamics/record-id.ts';
import { aboutByUrl, recordByUrl } from './by-url.ts';

const ID = '5f1e0b2a-9d3c-ed11-9db0-000d3a993550';
const UPPER = ID.toUpperCase();
const OTHER = '7a2c4d6e-9d3c-ed11-9db0-000d3a993551';
const H = 'https://acme.crm.dynamics.com';
const Q = `pagetype=entityrecord&etn=contact&id=${ID}`;

describe('a record id', () => {
  it.each([ID, UPPER, `{${ID}}`, `{${UPPER}}`])('is kept bare and in lower case: %s', (given) => {
    expect(canonicalId(given)).toBe(ID);
  });

  it.each([
    '',
    ID.slice(1),
    `${ID}0`,
    `{${ID}`,
    `${ID}}`,
    `{{${ID}}}`,
    ` ${ID}`,
    `(${ID})`,
    `'${ID}'`,
    ID.replaceAll('-', ''),
    ID.replace('5', 'g'),
    `${ID}\n`,
    `${ID},${OTHER}`,
  ])('is not taken when it was mangled: %j', (given) => {
    expect(canonicalId(given)).toBeNull();
  });
});

describe('an address', () => {
  it.each([
    `${H}/main.aspx?${Q}`,
    `${H}/main.aspx?appid=${OTHER}&${Q}`,
    `${H}/main.aspx?appid=${OTHER}&forceUCI=1&${Q}&formid=${OTHER}`,
    `${H}/main.aspx?etn=contact&id=${UPPER}&pagetype=entityrecord`,
    `${H}/main.aspx?etn=contact&id=%7b${ID}%7d&pagetype=entityrecord`,
    `${H}/main.aspx?etn=contact&id=%7B${UPPER}%7D&pagetype=entityrecord`,
    `${H}/main.aspx?etn=contact&id={${ID}}&pagetype=entityrecord`,
    `${H}/main.aspx?${Q}#123456`,
    `${H}/main.aspx?${Q}&extraqs=%3Fetn%3Daccount%26id%3D${OTHER}`,
    `${H}/apps/sales?${Q}`,
    `${H}/Apps/sales/main.aspx?${Q}`,
    `${H}/apps/uniquename/msdynce_saleshub?${Q}`,
    `https://acme.crm4.dynamics.com/main.aspx?${Q}`,
    `https://acme.crm21.dynamics.com/main.aspx?${Q}`,
    `https://acme-test.crm11.dynamics.com/main.aspx?${Q}`,
    `${H}/main.aspx?pagetype=entityrecord&etn=account&id=${ID}`,
  ])('shows a record: %s', (url) => {
    const type = url.includes('&etn=account&') ? 'account' : 'contact';
    expect(about.recordFromUrl(url)).toEqual({ tenant: new URL(url).host, type, id: ID });
    expect(recordByUrl(url)?.about).toBe(about);
  });

  it.each([
    // No record
    `${H}/`,
    `${H}/main.aspx`,
    `${H}/main.aspx?appid=${OTHER}`,
    `${H}/main.aspx?pagetype=entitylist&etn=contact&viewid=${ID}`,
    `${H}/main.aspx?pagetype=dashboard&id=${ID}`,
    `${H}/main.aspx?etn=contact&id=${ID}`,
    `${H}/main.aspx?pagetype=entityrecord&etn=contact`,
    `${H}/main.aspx?pagetype=entityrecord&etn=contact&id=`,
    `${H}/main.aspx?pagetype=entityrecord&id=${ID}`,
    `${H}/main.aspx?pagetype=entitylist&${Q.replace('pagetype=entityrecord&', '')}`,
    `${H}/main.aspx?pagetype=webresource&webresourceName=x.html&data=${encodeURIComponent(Q)}`,
    `${H}/main.aspx?pagetype=custom&name=x&entityName=contact&recordId=${ID}`,
    // The number of a table means another one elsewhere
    `${H}/main.aspx?etc=2&id=${ID}&pagetype=entityrecord`,
    `${H}/main.aspx?etc=1&${Q}`,
    // Another table, or an id that does not fit
    `${H}/main.aspx?pagetype=entityrecord&etn=lead&id=${ID}`,
    `${H}/main.aspx?pagetype=entityrecord&etn=appointment&id=${ID}`,
    `${H}/main.aspx?pagetype=entityrecord&etn=Contact&id=${ID}`,
    `${H}/main.aspx?pagetype=entityrecord&etn=contact&id=${ID.slice(1)}`,
    `${H}/main.aspx?pagetype=entityrecord&etn=contact&id={${ID}`,
    `${H}/main.aspx?pagetype=entityrecord&etn=contact&id=${ID}%20`,
    // Said twice
    `${H}/main.aspx?${Q}&id=${OTHER}`,
    `${H}/main.aspx?${Q}&etn=account`,
    `${H}/main.aspx?${Q}&pagetype=entitylist`,
    // Another page of the host
    `${H}/api/data/v9.2/contacts(${ID})`,
    `${H}/WebResources/x.html?${Q}`,
    `${H}/x/main.aspx?${Q}`,
    `${H}/main.aspx/x?${Q}`,
    `${H}//main.aspx?${Q}`,
    `${H}/main.aspx#?${Q}`,
    `${H}/main.aspxx?${Q}`,
    `${H}/?u=/main.aspx?${Q}`,
    // Not this CRM
    `http://acme.crm.dynamics.com/main.aspx?${Q}`,
    `https://acme.crm.dynamics.com:8443/main.aspx?${Q}`,
    `https://crm.dynamics.com/main.aspx?${Q}`,
    `https://acme.api.crm.dynamics.com/main.aspx?${Q}`,
    `https://acme.operations.dynamics.com/main.aspx?${Q}`,
    `https://acme.crmx.dynamics.com/main.aspx?${Q}`,
    `https://acme.crm.dynamics.com.evil.test/main.aspx?${Q}`,
    `https://evil.test/acme.crm.dynamics.com/main.aspx?${Q}`,
    `https://evil.test/?https://acme.crm.dynamics.com/main.aspx?${Q}`,
    `https://acme.crm.dynamics.com@evil.test/main.aspx?${Q}`,
    `https://user@acme.crm.dynamics.com/main.aspx?${Q}`,
    `https://user:word@acme.crm.dynamics.com/main.aspx?${Q}`,
    `https://acme.crm.dynamics.com./main.aspx?${Q}`,
    `https://acme.crm.dynamicsXcom/main.aspx?${Q}`,
    `https://acmecrm.dynamics.com/main.aspx?${Q}`,
    `javascript:"${H}/main.aspx?${Q}"`,
    `view-source:${H}/main.aspx?${Q}`,
    ` ${H}/main.aspx?${Q}`,
    `x\n${H}/main.aspx?${Q}`,
    'not an address',
    '',
  ])('shows no record that we are certain of: %j', (url) => {
    expect(about.recordFromUrl(url)).toBeNull();
    expect(recordByUrl(url)).toBeNull();
  });

  it.each([
    [`${H}/main.aspx?pagetype=entitylist&etn=contact`, 'acme.crm.dynamics.com'],
    ['https://ACME.crm4.dynamics.com', 'acme.crm4.dynamics.com'],
    ['https://acme-dev.crm15.dynamics.com/x?y#z', 'acme-dev.crm15.dynamics.com'],
  ])('leads to the one host of its organisation: %s', (url, tenant) => {
    expect(about.tenantFromUrl(url)).toEqual({ tenant, uiOrigin: `https://${tenant}`, apiOrigin: `https://${tenant}` });
    expect(aboutByUrl(url)).toBe(about);
  });

  it.each([
    'http://acme.crm.dynamics.com/',
    'https://acme.crm.dynamics.com:444/',
    'https://crm.dynamics.com/',
    'https://acme.api.crm.dynamics.com/',
    'https://make.powerapps.com/',
    'https://login.microsoftonline.com/',
    'https://acme.crm.dynamics.com.evil.test/',
    'https://user@acme.crm.dynamics.com/',
    'acme.crm.dynamics.com',
    '',
  ])('is of no organisation: %j', (url) => {
    expect(about.tenantFromUrl(url)).toBeNull();
    expect(aboutByUrl(url)).toBeNull();
  });

  it('of an activity says its table', () => {
    expect(about.recordUrl('acme.crm.dynamics.com', 'activity', `phonecall:${ID}`)).toBe(
      `${H}/main.aspx?pagetype=entityrecord&etn=phonecall&id=${ID}`,
    );
  });

  it('can be looked up by the name it is stored under', () => {
    expect(aboutById('dynamics')).toBe(about);
  });
});

describe('a page', () => {
  const record = { tenant: 'acme.crm.dynamics.com', type: 'contact', id: ID } as const;
  const confirm = (html: string) => {
    const { document } = new Window();
    document.write(html);
    return page.confirm(document as unknown as Document, record);
  };

  it('is taken at its address: with one form, with none yet, with something else beside it', () => {
    for (const html of [
      '',
      '<main data-id="editFormRoot">',
      '<main data-id="editFormRoot"></main><div role="dialog">Sure?</div>',
    ])
      expect(confirm(html)).toEqual({ record });
  });

  it('is uncertain with a quick view beside the form, because the address does not say which one is meant', () => {
    expect(confirm('<main data-id="editFormRoot"></main><aside data-id="editFormRoot"></aside>')).toBeNull();
  });
});
