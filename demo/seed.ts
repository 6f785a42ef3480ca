/**
 * The demo's people: 12 accounts and 200 contacts, all invented, the same ones on every run. Only the dates move, with `now`.
 * No Math.random and no clock in here.
 */

export type SeedValue = string | number | boolean | null;
export type SeedFields = Readonly<Record<string, SeedValue>>;

export interface SeedUser {
  readonly fields: SeedFields & { readonly FirstName: string; readonly LastName: string; readonly Username: string };
  readonly created: Date;
}

export interface SeedAccount {
  readonly fields: SeedFields & { readonly Name: string; readonly BillingCountry: string };
  /** Position in `users`. */
  readonly owner: number;
  readonly created: Date;
}

export interface SeedContact {
  readonly fields: SeedFields & { readonly LastName: string; readonly MailingCountry: string };
  /** Position in `accounts`. */
  readonly account: number;
  readonly owner: number;
  readonly created: Date;
}

/** Something the account team logged by hand before Candor came. */
export interface SeedActivity {
  readonly kind: 'Event' | 'Task';
  readonly contact: string;
  readonly fields: SeedFields;
  readonly created: Date;
}

export interface Seed {
  readonly users: readonly SeedUser[];
  readonly accounts: readonly SeedAccount[];
  readonly contacts: readonly SeedContact[];
  readonly history: readonly SeedActivity[];
}

export const CONTROLLER_ZONE = 'Europe/Berlin';
export const HOME_ACCOUNT = 'Halden Freight AG';
export const TOLD_CONTACT = 'Dana Reyes';
export const UNTOLD_CONTACT = 'Li Wei';
export const DAYS_LEFT = 12;

const DAY = 86_400_000;

// ---- calendar -------------------------------------------------------------------------------------------------------

const controllerFormat = new Intl.DateTimeFormat('en-CA', {
  timeZone: CONTROLLER_ZONE,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The calendar day of an instant where the controller sits, as midnight UTC: from here on days are counted without zones. */
export function controllerDay(at: Date): Date {
  return new Date(`${controllerFormat.format(at)}T00:00:00Z`);
}

/** One addition from the original day; a day that the month does not have becomes its last one. */
export function addMonths(day: Date, months: number): Date {
  const first = Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, 1);
  const length = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months + 1, 0)).getUTCDate();
  return new Date(first + (Math.min(day.getUTCDate(), length) - 1) * DAY);
}

export interface LiDeadline {
  readonly created: Date;
  /** One month after creation, not rolled over weekends, as midnight UTC of the controller's day. */
  readonly due: Date;
  readonly daysLeft: number;
}

/**
 * When Li Wei was put into the CRM, so that the month ends twelve days from now.
 *
 * A few days of the year are nobody's "one month later": nothing plus a month gives 31 May, and in a common year nothing
 * gives 29, 30 or 31 March. Then the creation day is the one whose deadline lies nearest to twelve days (the earlier of two
 * equals), and `daysLeft` says which it became. Seven days of a common year are like that; see seed.test.ts.
 */
export function liDeadline(now: Date): LiDeadline {
  const today = controllerDay(now).getTime();
  const target = today + DAYS_LEFT * DAY;
  let best: LiDeadline | undefined;
  for (let back = 27; back <= 32; back += 1) {
    const day = new Date(target - back * DAY);
    const due = addMonths(day, 1);
    const daysLeft = Math.round((due.getTime() - today) / DAY);
    // Mid-morning UTC is the same calendar day in Berlin, summer and winter.
    const candidate = { created: new Date(day.getTime() + 10.2 * 3_600_000), due, daysLeft };
    const distance = Math.abs(daysLeft - DAYS_LEFT);
    const bestDistance = best === undefined ? Number.POSITIVE_INFINITY : Math.abs(best.daysLeft - DAYS_LEFT);
    if (distance < bestDistance || (distance === bestDistance && daysLeft < (best?.daysLeft ?? 0))) best = candidate;
  }
  return best as LiDeadline;
}

// ---- chance ---------------------------------------------------------------------------------------------------------

/** A small repeatable generator (a 32-bit counter, mixed). */
function makeChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 4_294_967_296;
  };
}

// ---- words ----------------------------------------------------------------------------------------------------------

interface Land {
  readonly country: string;
  readonly cities: readonly string[];
  readonly dial: string;
  readonly first: readonly string[];
  readonly last: readonly string[];
}

const words = (text: string) => text.trim().split(/\s+/);

const LANDS = {
  DE: {
    country: 'Germany',
    cities: ['Hamburg', 'Bremen', 'Leipzig', 'Kassel'],
    dial: '+49 40 5550',
    first: words('Jörg Annika Björn Frauke Götz Heike Jannis Käthe Malte Nele Ruben Sönke Thea Ulrike Volker Wiebke'),
    last: words(
      'Ackersmeier Brüggeling Dornkamp Eschfeld Grünholz Hasselbrook Jürgenau Kranzbühl Lüttmoor Möhrwald Oststein Pfauenhof Rönneburg Sandkühl',
    ),
  },
  FR: {
    country: 'France',
    cities: ['Lyon', 'Nantes', 'Lille'],
    dial: '+33 4 55 50 10',
    first: words(
      'Aurélie Baptiste Céline Damien Élodie Fabrice Geneviève Hugo Inès Jérôme Maëlle Noémie Raphaël Solène',
    ),
    last: words(
      'Arcenval Bellorme Chantebise Desrivières Fontcroix Grandmarais Hautpré Lavaudière Montclar-Vey Noirefont Pommerac Rochevigne Sauvetour Valbrune',
    ),
  },
  GB: {
    country: 'United Kingdom',
    cities: ['Leeds', 'Bristol', 'Aberdeen'],
    dial: '+44 113 496 0',
    first: words('Alistair Bethan Callum Deirdre Ewan Fiona Gareth Harriet Isla Liam Morag Nigel Oona Rhys'),
    last: words(
      'Ashgrove-Hale Birkwhistle Cromdale Dunmarrow Elderfen Fallowby Garthwick Harkstone Inverlow Kelmarsh Loxbury Merrowdown Nettlecombe Thornaby',
    ),
  },
  ES: {
    country: 'Spain',
    cities: ['Valencia', 'Bilbao', 'Zaragoza'],
    dial: '+34 96 555 0',
    first: words(
      'Álvaro Begoña Carmela Dolores Estíbaliz Fermín Gonzalo Iñigo Jimena Leire Macarena Nerea Óscar Rocío',
    ),
    last: words(
      'Arrizabal Bustamonte Cañaveral Dosríos Echevarena Fuenmayor Guadalerzas Lumbrera Montañana Olmeda Peñalara Quintanar Sotogrande Valdehierro',
    ),
  },
  NL: {
    country: 'Netherlands',
    cities: ['Rotterdam', 'Zwolle'],
    dial: '+31 10 555 0',
    first: words('Anouk Bram Coen Daphne Femke Gijs Hanneke Jorrit Lieke Maarten Noor Pepijn Roos Sjoerd'),
    last: words(
      'Achterveld Broekhaven Dijkgraver Eemsluis Geldermeer Hoogeduin Kortewater Langedrecht Molenbelt Oosterwijde Polderman Rietveldhuis Veenstrook Zuiderlaan',
    ),
  },
  IT: {
    country: 'Italy',
    cities: ['Modena', 'Torino', 'Ancona'],
    dial: '+39 059 555 0',
    first: words(
      'Alessia Bruno Chiara Dario Elettra Fabiana Giosuè Ilaria Lorenzo Niccolò Ottavia Piero Renata Tommaso',
    ),
    last: words(
      'Acquaviva-Neri Belcastello Campofiore Dellarovere Fontanarosa Granvalle Lungarno Montelupo Oliveto Pietramala Roccabruna Serravento Torrechiara Valdombra',
    ),
  },
  CH: {
    country: 'Switzerland',
    cities: ['Winterthur', 'Biel', 'Lugano'],
    dial: '+41 52 555 0',
    first: words('Beat Claudine Dominik Flurina Gian Jolanda Kaspar Ladina Moritz Regula Silvan Ursin Vreni Zita'),
    last: words(
      'Aebersried Bündnerli Caduffer Dürrenmatter Felsenegg Gletschmann Hochstrass Innerberg Lauenensee Matterweg Oberhasel Rüttimoos Sennhof Zmuttner',
    ),
  },
  BR: {
    country: 'Brazil',
    cities: ['Curitiba', 'Recife', 'Campinas'],
    dial: '+55 41 5550',
    first: words(
      'Adriano Beatriz Caetano Débora Everton Flávia Guilherme Iara João Luíza Marcelo Natália Otávio Raíssa',
    ),
    last: words(
      'Aroeira Buritizal Cajueiro Douradinho Ferrãozinho Guarapuã Ipezal Jatobá Lobélia Manacá Ouricuri Pitangueira Sucupira Urucum',
    ),
  },
  US: {
    country: 'United States',
    cities: ['Columbus', 'Tacoma', 'Raleigh'],
    dial: '+1 614 555 0',
    first: words('Amara Brooks Carmen Dashiell Esperanza Finley Grady Imani Jolene Kendrick Marisol Nadia Odell Priya'),
    last: words(
      'Ashdown Brightwater Cottonreach Dunmere Everhollow Foxbarrow Granger-Stone Hollisfield Juniper Kestrelman Longmeadow Marlowick Pinebrook Wrenfield',
    ),
  },
  JP: {
    country: 'Japan',
    cities: ['Nagoya', 'Sendai'],
    dial: '+81 52 555 0',
    first: words('Haruka Kenjiro Mitsuko Naoya Rikako Shinpei Takumi Yoshino Ayame Daichi Emiko Hayato'),
    last: words(
      'Akizuki-Hara Fujimoriya Hanakawabe Ishibasato Kumonodai Minatogaki Nishimorita Okazawara Sakuranobe Tsukihashi Umenosato Yamaguruma',
    ),
  },
} satisfies Record<string, Land>;

type LandCode = keyof typeof LANDS;

interface Firm {
  readonly name: string;
  readonly land: LandCode;
  readonly city: string;
  readonly street: string;
  readonly industry: string;
  readonly staff: number;
  readonly people: number;
  readonly owner: number;
  /** Where some of its people sit instead. */
  readonly abroad: readonly LandCode[];
  readonly slug: string;
}

const FIRMS: readonly Firm[] = [
  {
    name: HOME_ACCOUNT,
    land: 'DE',
    city: 'Hamburg',
    street: 'Lagerstraße 48',
    industry: 'Logistics',
    staff: 3400,
    people: 24,
    owner: 0,
    abroad: ['NL'],
    slug: 'halden',
  },
  {
    name: 'Brennholt Energie GmbH',
    land: 'DE',
    city: 'Leipzig',
    street: 'Turbinenweg 3',
    industry: 'Energy',
    staff: 900,
    people: 18,
    owner: 0,
    abroad: [],
    slug: 'brennholt',
  },
  {
    name: 'Orvelle Santé SA',
    land: 'FR',
    city: 'Lyon',
    street: '11 quai des Tanneurs',
    industry: 'Healthcare',
    staff: 5200,
    people: 20,
    owner: 0,
    abroad: ['CH'],
    slug: 'orvelle',
  },
  {
    name: 'Pembrook & Tarn plc',
    land: 'GB',
    city: 'Leeds',
    street: '2 Foundry Row',
    industry: 'Insurance',
    staff: 2100,
    people: 20,
    owner: 1,
    abroad: [],
    slug: 'pembrook',
  },
  {
    name: 'Castrelo Alimentos S.L.',
    land: 'ES',
    city: 'Valencia',
    street: 'Calle del Azahar 19',
    industry: 'Food',
    staff: 760,
    people: 18,
    owner: 1,
    abroad: [],
    slug: 'castrelo',
  },
  {
    name: 'Van der Ruyck Glas B.V.',
    land: 'NL',
    city: 'Zwolle',
    street: 'Glasblazerskade 7',
    industry: 'Manufacturing',
    staff: 420,
    people: 14,
    owner: 0,
    abroad: [],
    slug: 'vanderruyck',
  },
  {
    name: 'Montefosco Ceramiche S.p.A.',
    land: 'IT',
    city: 'Modena',
    street: 'Via della Fornace 60',
    industry: 'Manufacturing',
    staff: 1300,
    people: 18,
    owner: 2,
    abroad: [],
    slug: 'montefosco',
  },
  {
    name: 'Aarbach Präzision AG',
    land: 'CH',
    city: 'Winterthur',
    street: 'Uhrmacherweg 5',
    industry: 'Engineering',
    staff: 310,
    people: 14,
    owner: 0,
    abroad: ['DE'],
    slug: 'aarbach',
  },
  {
    name: 'Ipêlume Papel S.A.',
    land: 'BR',
    city: 'Curitiba',
    street: 'Rua das Araucárias 900',
    industry: 'Packaging',
    staff: 1850,
    people: 16,
    owner: 2,
    abroad: [],
    slug: 'ipelume',
  },
  {
    name: 'Cinder Ridge Robotics Inc.',
    land: 'US',
    city: 'Columbus',
    street: '700 Foundry Park',
    industry: 'Technology',
    staff: 640,
    people: 16,
    owner: 1,
    abroad: [],
    slug: 'cinderridge',
  },
  {
    name: 'Kazehara Instruments K.K.',
    land: 'JP',
    city: 'Nagoya',
    street: '4-2 Kazemachi',
    industry: 'Electronics',
    staff: 980,
    people: 12,
    owner: 2,
    abroad: [],
    slug: 'kazehara',
  },
  {
    name: 'Northmere Shipping Ltd',
    land: 'GB',
    city: 'Aberdeen',
    street: 'Pier Nine',
    industry: 'Shipping',
    staff: 270,
    people: 10,
    owner: 0,
    abroad: ['NL'],
    slug: 'northmere',
  },
];

const ROLES: readonly (readonly [title: string, department: string])[] = [
  ['Chief Financial Officer', 'Finance'],
  ['Chief Operating Officer', 'Operations'],
  ['Head of Procurement', 'Procurement'],
  ['Category Manager', 'Procurement'],
  ['Supply Chain Planner', 'Operations'],
  ['Head of IT', 'IT'],
  ['Enterprise Architect', 'IT'],
  ['Plant Manager', 'Operations'],
  ['Legal Counsel', 'Legal'],
  ['Data Protection Officer', 'Legal'],
  ['Controller', 'Finance'],
  ['Quality Manager', 'Quality'],
  ['Sustainability Lead', 'Strategy'],
  ['Executive Assistant', 'Office'],
  ['Regional Sales Director', 'Sales'],
  ['Project Manager', 'Operations'],
];

interface Special {
  readonly firm: string;
  readonly first: string | null;
  readonly last: string;
  readonly title: string;
  readonly department: string;
  readonly mail: string | null;
  readonly land?: LandCode;
}

const SPECIAL: readonly Special[] = [
  {
    firm: 'halden',
    first: 'Dana',
    last: 'Reyes',
    title: 'Head of Procurement',
    department: 'Procurement',
    mail: 'dana.reyes',
  },
  { firm: 'halden', first: 'Li', last: 'Wei', title: 'Pricing Analyst', department: 'Finance', mail: 'li.wei' },
  {
    firm: 'montefosco',
    first: 'Sofia',
    last: 'Marenghi',
    title: 'Export Manager',
    department: 'Sales',
    mail: 'sofia.marenghi',
  },
  {
    firm: 'orvelle',
    first: 'Sofia',
    last: 'Marenghi',
    title: 'Clinical Buyer',
    department: 'Procurement',
    mail: 'sofia.marenghi',
  },
  {
    firm: 'brennholt',
    first: 'Maximiliane-Alexandrine Theodora',
    last: 'Freifrau von Hohenwartenberg-Tiefenthal zu Sankt Ägidien',
    title: 'Chair of the Supervisory Board and Delegate for Long-Term Energy Partnerships',
    department: 'Board',
    mail: 'm.hohenwartenberg',
  },
  {
    firm: 'pembrook',
    first: 'ليلى',
    last: 'الحمراوي',
    title: 'Actuarial Lead',
    department: 'Risk',
    mail: 'layla.hamraoui',
  },
  {
    firm: 'kazehara',
    first: '明子',
    last: '水無瀬',
    title: 'Export Coordinator',
    department: 'Sales',
    mail: 'akiko.minase',
  },
  { firm: 'castrelo', first: null, last: 'Recepción', title: 'Front desk', department: 'Office', mail: null },
];

const folded = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/[^a-z]+/g, '');

export function makeSeed(now: Date): Seed {
  const chance = makeChance(20_261_122);
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(chance() * items.length)] as Item;
  const between = (low: number, high: number) => low + chance() * (high - low);
  /** A working hour of that many days ago. */
  const ago = (days: number) =>
    new Date(
      controllerDay(now).getTime() - Math.ceil(days) * DAY + 8 * 3_600_000 + ((Math.ceil(days) * 37) % 420) * 60_000,
    );

  const person = (first: string, last: string, title: string, zone: string) => ({
    fields: {
      FirstName: first,
      LastName: last,
      Username: `${folded(first)}.${folded(last)}@example.com`,
      Email: `${folded(first)}.${folded(last)}@example.com`,
      Title: title,
      IsActive: true,
      TimeZoneSidKey: zone,
      LocaleSidKey: 'en_GB',
      LanguageLocaleKey: 'en_US',
    },
    created: ago(2900),
  });
  const users: SeedUser[] = [
    person('Mara', 'Lindqvist', 'Key Account Manager', CONTROLLER_ZONE),
    person('Tomasz', 'Okonbrandt', 'Key Account Manager', 'Europe/London'),
    person('Inês', 'Valcourt', 'Account Director', 'Europe/Paris'),
  ];

  const accounts: SeedAccount[] = FIRMS.map((firm, index) => ({
    fields: {
      Name: firm.name,
      Industry: firm.industry,
      Type: index % 5 === 4 ? 'Prospect' : 'Customer',
      Phone: `${LANDS[firm.land].dial}00`,
      Website: `${firm.slug}.example.com`,
      BillingStreet: firm.street,
      BillingCity: firm.city,
      BillingCountry: LANDS[firm.land].country,
      NumberOfEmployees: firm.staff,
    },
    owner: firm.owner,
    created: ago(2500 + index * 37),
  }));

  const contacts: SeedContact[] = [];
  const taken = new Set(SPECIAL.map((each) => `${each.first} ${each.last}`));
  FIRMS.forEach((firm, account) => {
    const specials = SPECIAL.filter((each) => each.firm === firm.slug);
    for (let index = 0; index < firm.people; index += 1) {
      const special = specials[index];
      const code = special?.land ?? (firm.abroad.length > 0 && chance() < 0.2 ? pick(firm.abroad) : firm.land);
      const land: Land = LANDS[code];
      let first: string | null = special?.first ?? null;
      let last = special?.last ?? '';
      while (special === undefined) {
        first = pick(land.first);
        last = pick(land.last);
        if (!taken.has(`${first} ${last}`) && !(firm.name === HOME_ACCOUNT && /^(li|dana)/i.test(first))) break;
      }
      taken.add(`${first} ${last}`);
      const role = pick(ROLES);
      const age = chance() < 0.12 ? between(0.5, 30) : chance() < 0.35 ? between(31, 365) : between(366, 4000);
      const mail = special === undefined ? `${folded(first ?? '')}.${folded(last)}` : special.mail;
      const created = last === 'Wei' ? liDeadline(now).created : last === 'Reyes' ? ago(2212) : ago(age);
      contacts.push({
        fields: {
          FirstName: first,
          LastName: last,
          Title: special?.title ?? role[0],
          Department: special?.department ?? role[1],
          Email: mail === null ? null : `${mail}.${firm.slug}@example.com`,
          Phone: `${land.dial}${String(10 + Math.floor(chance() * 90))}`,
          MailingStreet: code === firm.land ? firm.street : null,
          MailingCity: code === firm.land ? firm.city : pick(land.cities),
          MailingCountry: land.country,
          HasOptedOutOfEmail: special === undefined && chance() < 0.06,
          DoNotCall: special === undefined && chance() < 0.04,
          LeadSource: pick(['Trade fair', 'Referral', 'Web', 'Partner']),
        },
        account,
        // Most people belong to their account's manager; a few to a colleague.
        owner: special === undefined && chance() < 0.1 ? (firm.owner + 1) % users.length : firm.owner,
        created,
      });
    }
  });

  return { users, accounts, contacts, history: makeHistory(now) };
}

/** A believable past for the home account. Nothing of it names Li Wei, so what the screen shows about Li came from Candor. */
function makeHistory(now: Date): SeedActivity[] {
  const at = (days: number, hour: number, minute = 0) => {
    const day = new Date(controllerDay(now).getTime() - days * DAY);
    // Nobody meets at the weekend: back to the Friday before.
    const weekend = { 0: 2, 6: 1 }[day.getUTCDay()] ?? 0;
    return new Date(day.getTime() - weekend * DAY + hour * 3_600_000 + minute * 60_000);
  };
  const iso = (date: Date) => date.toISOString().replace('Z', '+0000');
  const meeting = (
    days: number,
    hour: number,
    minutes: number,
    subject: string,
    place: string,
    note: string,
  ): SeedActivity => ({
    kind: 'Event',
    contact: TOLD_CONTACT,
    fields: {
      Subject: subject,
      StartDateTime: iso(at(days, hour)),
      ActivityDateTime: iso(at(days, hour)),
      EndDateTime: iso(at(days, hour, minutes)),
      DurationInMinutes: minutes,
      ActivityDate: iso(at(days, hour)).slice(0, 10),
      Location: place,
      Description: note,
      EventSubtype: 'Event',
    },
    created: at(days, hour, minutes + 40),
  });
  return [
    meeting(34, 9, 60, 'Quarterly review', 'Hamburg', 'Volumes up in the north, two lanes under review.'),
    meeting(76, 13, 45, 'Lane pricing, first round', 'Video call', 'Agreed to compare by lane rather than by depot.'),
    meeting(131, 8, 90, 'Depot visit', 'Hamburg', 'Walked the new cross-dock.'),
    {
      kind: 'Task',
      contact: TOLD_CONTACT,
      fields: {
        Subject: 'Send lane comparison',
        Status: 'Completed',
        Priority: 'Normal',
        TaskSubtype: 'Task',
        ActivityDate: iso(at(70, 12)).slice(0, 10),
        Description: 'Sheet with the four northern lanes.',
      },
      created: at(75, 9),
    },
  ];
}
