/** Texts that somebody could be called, or write, to make a screen do something else than show them. */
import fc from 'fast-check';

/** One of each kind, by what it tries. */
export const HOSTILE: Readonly<Record<string, string>> = {
  markup: '<img src=x onerror="globalThis.candorWasHere=1">',
  script: '</textarea></title></style><script>globalThis.candorWasHere=1</script>',
  attribute: '" autofocus onfocus="globalThis.candorWasHere=1" x="',
  svg: '<svg/onload=globalThis.candorWasHere=1>',
  entity: '&lt;b&gt;&#x3c;script&#x3e;',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what somebody would write
  template: '${globalThis.candorWasHere=1}{{constructor.constructor("candorWasHere=1")()}}',
  link: 'javascript:globalThis.candorWasHere=1',
  prototype: '__proto__',
  constructor: 'constructor',
  thenable: 'then',
  toString: 'toString',
  override: 'Dana \u202egnp.exe\u202c',
  unclosed: 'Dana \u202e\u2066\u202d syeR',
  closes: 'Dana \u2069\u2069\u202c Reyes',
  hebrew: 'דנה רייס',
  loneHigh: 'Dana \ud800 Reyes',
  loneLow: '\udc00Dana',
  nul: 'Dana\u0000Reyes',
  controls: 'Dana\u0007\u001b[31m\u009bReyes',
  lookalike: 'D\u0430na R\u0435yes',
  zeroWidth: 'Da\u200bna\u200d\ufeff Reyes',
  combining: `D${'\u0301'.repeat(60)}ana`,
  gaps: '$1 $2 $$ $& $` __MSG_name__',
  formula: '=HYPERLINK("https://example.com","Dana")',
  spaces: '\u3000Dana\u2003\u00a0Reyes\u2028x',
};

const scraps = fc.constantFrom(
  ...Object.values(HOSTILE),
  '<',
  '>',
  '"',
  "'",
  '&',
  '`',
  '{{',
  '}}',
  '<!--',
  '-->',
  ']]>',
  '<b>',
  '</b>',
  '\u202e',
  '\u2066',
  '\u2069',
  '\u202c',
  '\ud800',
  '\udfff',
  '\u0000',
  ' ',
  'Dana',
  'דנה',
  '@',
  '~~',
  '>',
);

/** Any string at all, and strings made of the worst. */
export const hostile: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.array(scraps, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 }).map((units) => String.fromCharCode(...units)),
);
