/** Which jurisdiction a CRM's country means: ISO codes and names in several languages. What is not here is unknown. */
import table from './countries.json' with { type: 'json' };

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim()
    .toLowerCase();

const COUNTRIES = new Map(
  Object.entries(table).flatMap(([code, { jurisdiction, names }]) =>
    [code, ...names].map((name) => [plain(name), jurisdiction] as const),
  ),
);

/** Parts of a country with a law of their own. */
const REGIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  CA: { qc: 'CA-QC', quebec: 'CA-QC', 'ca qc': 'CA-QC' },
  US: { ca: 'US-CA', california: 'US-CA', kalifornien: 'US-CA', californie: 'US-CA', 'us ca': 'US-CA' },
};

/** `countryPlace('Deutschland', null)` is `EU-DE`; null where the words name no country that the rules know. */
export const countryPlace = (country: string, region: string | null): string | null => {
  const jurisdiction = COUNTRIES.get(plain(country)) ?? null;
  if (jurisdiction === null || region === null) return jurisdiction;
  return REGIONS[jurisdiction]?.[plain(region)] ?? jurisdiction;
};
