import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../src/domain/quick-log/parse.ts';
import { moveToPrivate } from '../../src/domain/quick-log/sensitive/move.ts';
import { sensitive } from '../../src/domain/quick-log/sensitive/sensitive.ts';
import { languages, lines, runs } from './quick-log-lines.ts';

type Row = readonly [line: string, kind: string, words: string];

const FLAGGED: Readonly<Record<string, readonly Row[]>> = {
  en: [
    ['met @dana, she is sick again', 'health', 'is sick'],
    ['she’s pregnant, delivery in May', 'health', 'pregnant'],
    ['Dana is ill this week', 'health', 'is ill'],
    ['he is on sick leave until June', 'health', 'on sick leave'],
    ['her cancer is back', 'health', 'cancer'],
    ['@dana is really depressed', 'health', 'depressed'],
    ['he has a drinking problem', 'health', 'drinking problem'],
    ['going through a divorce', 'family', 'divorce'],
    ['his wife left him', 'family', 'wife'],
    ['her kids are in school', 'family', 'kids'],
    ['on maternity leave from May', 'family', 'maternity leave'],
    ['she is a Christian', 'religion', 'Christian'],
    ['he is Muslim, no lunch', 'religion', 'Muslim'],
    ['she goes to church on Sundays', 'religion', 'goes to church'],
    ['he votes Republican', 'politics', 'votes Republican'],
    ['he is a Republican', 'politics', 'Republican'],
    ['far-right views', 'politics', 'far-right'],
    ['she is a union rep', 'union', 'union rep'],
    ['he joined the union', 'union', 'joined the union'],
    ['he is gay', 'sex_life', 'gay'],
    ['having an affair with his boss', 'sex_life', 'having an affair'],
    ['she is an immigrant', 'origin', 'immigrant'],
    ['he is black', 'origin', 'black'],
    ['the buyer is an idiot', 'insult', 'idiot'],
    ['she is so lazy', 'insult', 'lazy'],
    ['her boss is totally clueless', 'insult', 'clueless'],
    ['MET @dana, SHE IS SICK', 'health', 'IS SICK'],
  ],
  de: [
    ['@dana ist krank', 'health', 'ist krank'],
    ['sie ist schwanger, ab Mai weg', 'health', 'schwanger'],
    ['verschoben, weil sie krank ist', 'health', 'krank'],
    ['er ist krankgeschrieben', 'health', 'krankgeschrieben'],
    ['er hat Depressionen', 'health', 'Depressionen'],
    ['lebt in Scheidung', 'family', 'Scheidung'],
    ['seine Frau ist weg', 'family', 'Frau'],
    ['ist in Elternzeit', 'family', 'Elternzeit'],
    ['sie ist streng gläubig', 'religion', 'streng gläubig'],
    ['er ist katholisch', 'religion', 'katholisch'],
    ['er wählt AfD', 'politics', 'wählt AfD'],
    ['sie ist Gewerkschafterin', 'union', 'Gewerkschafterin'],
    ['er ist schwul', 'sex_life', 'schwul'],
    ['hat Migrationshintergrund', 'origin', 'Migrationshintergrund'],
    ['der Einkäufer ist ein Idiot', 'insult', 'Idiot'],
    ['sie ist echt faul', 'insult', 'faul'],
    ['she is sick', 'health', 'is sick'],
  ],
  fr: [
    ['elle est malade', 'health', 'est malade'],
    ['elle est enceinte', 'health', 'est enceinte'],
    ['en arrêt maladie depuis mai', 'health', 'en arrêt maladie'],
    ['en plein divorce', 'family', 'divorce'],
    ['sa femme est partie', 'family', 'femme'],
    ['en conge maternite', 'family', 'conge maternite'],
    ['il est musulman', 'religion', 'musulman'],
    ['elle est très catholique', 'religion', 'catholique'],
    ['il vote RN', 'politics', 'vote RN'],
    ['elle est syndiquée', 'union', 'syndiquée'],
    ['il est gay', 'sex_life', 'gay'],
    ['immigré de longue date', 'origin', 'immigré'],
    ["l'acheteur est un connard", 'insult', 'connard'],
    ['il est vraiment incompétent', 'insult', 'incompétent'],
  ],
  es: [
    ['está enferma esta semana', 'health', 'está enferma'],
    ['ella está embarazada', 'health', 'embarazada'],
    ['de baja médica hasta junio', 'health', 'de baja médica'],
    ['en pleno divorcio', 'family', 'divorcio'],
    ['su mujer lo dejó', 'family', 'mujer'],
    ['es musulmán', 'religion', 'musulmán'],
    ['ella es muy católica', 'religion', 'católica'],
    ['vota a Vox', 'politics', 'vota a Vox'],
    ['es sindicalista', 'union', 'sindicalista'],
    ['es homosexual', 'sex_life', 'homosexual'],
    ['es inmigrante', 'origin', 'inmigrante'],
    ['el comprador es un gilipollas', 'insult', 'gilipollas'],
    ['él es tan vago', 'insult', 'vago'],
  ],
  nl: [
    ['ze is ziek', 'health', 'is ziek'],
    ['ze is zwanger', 'health', 'zwanger'],
    ['zit thuis met een burn-out', 'health', 'burn-out'],
    ['ligt in scheiding', 'family', 'ligt in scheiding'],
    ['zijn vrouw is weg', 'family', 'vrouw'],
    ['ze is erg gelovig', 'religion', 'gelovig'],
    ['hij stemt PVV', 'politics', 'stemt PVV'],
    ['ze is vakbondslid', 'union', 'vakbondslid'],
    ['hij is homo', 'sex_life', 'homo'],
    ['heeft een migratieachtergrond', 'origin', 'migratieachtergrond'],
    ['de inkoper is een klootzak', 'insult', 'klootzak'],
    ['hij is echt lui', 'insult', 'lui'],
  ],
  it: [
    ['è malata da lunedì', 'health', 'è malata'],
    ['lei è incinta', 'health', 'incinta'],
    ['è in malattia fino a giugno', 'health', 'in malattia'],
    ['sta divorziando', 'family', 'divorziando'],
    ['sua moglie lo ha lasciato', 'family', 'moglie'],
    ['è musulmano', 'religion', 'musulmano'],
    ['lui è molto cattolico', 'religion', 'cattolico'],
    ['vota la Lega', 'politics', 'vota la Lega'],
    ['è sindacalista', 'union', 'sindacalista'],
    ['è omosessuale', 'sex_life', 'omosessuale'],
    ['è extracomunitario', 'origin', 'extracomunitario'],
    ['il buyer è uno stronzo', 'insult', 'stronzo'],
    ['lei è davvero pigra', 'insult', 'pigra'],
  ],
};

describe.each(Object.keys(FLAGGED))('The quiet hint (%s)', (language) => {
  it.each(FLAGGED[language] as Row[])('%j is about %s', (line, kind, words) => {
    const found = sensitive(line, language).map((hit) => ({
      kind: hit.kind,
      words: line.slice(hit.span.start, hit.span.end),
    }));
    expect(found).toContainEqual({ kind, words });
  });
});

const HARMLESS: Readonly<Record<string, readonly string[]>> = {
  en: [
    'they are sick of waiting',
    'she is sick of the old tool',
    'a healthy margin and a healthy pipeline',
    'met Christian re Q3 renewal',
    'our contact there is Christian Meyer from sales',
    'it is a family business in third generation',
    'she runs the family business',
    'the new product family ships in May',
    'launch party on Friday, third party data only',
    'the parties agreed on the terms',
    'European Union rules apply, credit union wants in',
    'the union of both data sets',
    'Black Friday campaign, in the black since May',
    'she is the single point of contact',
    'single sign-on is a blind spot',
    'she is crazy busy, crazy deadline though',
    'he is nuts about the demo',
    'child accounts belong to the parent company',
    'their sister company buys too',
    'conservative estimate: 40 seats',
    'liberal use of discounts',
    'right of the screen, far left of the page',
    'the market is depressed, demand is fat',
    'it aids the process, hearing aids division',
    'custody of assets moves to the bank',
    'race condition in the sync, arms race with rivals',
    'country of origin is on the label',
    'the origin of the problem is the import',
    'black box testing, white label',
    'straight forward, straight to the point',
    'she is Catherine from Christian Aid',
    'cancer research charity is the client',
    'hospital group wants pricing, clinic in Riga too',
    'voted for the bigger package',
    'lazy loading is on, dumb terminal is gone',
    'toxic assets are off the books',
    'she adopted the tool early',
    'engaged team, very engaged users',
    'Mr Gay asked for a quote, Anna Moron too',
    'operation in Spain, her operation in Spain',
    'strike price and spare parts',
    'baby steps, mother board is fine',
    'https://a.example/sick-leave/pregnant is the page',
    'mail gay@acme.example about it',
    '@christian wants a demo',
    'he is off on Friday, she is in on Monday',
    'the project is ill-equipped',
    'met @dana ~~she is pregnant',
  ],
  de: [
    'Familienunternehmen in dritter Generation',
    'die Produktfamilie wächst',
    'Christian will ein Angebot',
    'Frau Müller will Preise, Herr Christ auch',
    'die Frau am Empfang war nett',
    'gesunde Marge, kranke Prozesse',
    'schwarze Zahlen, schwarzer Freitag',
    'konservativ geschätzt 40 Plätze',
    'getrennt abgerechnet, Single Sign-on gewünscht',
    'die Partei der Käufer unterschreibt, Vertragsparteien einig',
    'er wählt die große Lizenz',
    'operiert weltweit',
    'Klinik und Krankenhaus als Kunden, System im Krankenhaus installiert',
    'sie vertraut blind',
    'verrückt nach der Demo',
    'Behinderung der Baustelle gemeldet',
    'Herkunft der Daten klären',
    'links oben, rechts unten',
    'der Preis ist verrückt',
    'Party am Freitag',
    'Europäische Union, Union Investment',
    'Mutterkonzern zahlt, Tochterfirma nutzt',
    'Kinderkrankheiten der Software',
    'dumme Frage, faule Kredite',
    'Krankenkasse als Kunde',
  ],
  fr: [
    'entreprise familiale, maison mère à Lyon',
    'la famille de produits grandit',
    'Christian veut un devis, Christine aussi',
    'une marge saine, un budget malade',
    "l'enceinte connectée se vend",
    'gros client, gros volume, il est gros',
    'noir sur blanc dans le contrat',
    'le comité a voté pour le projet',
    'pays d’origine et origine des données',
    'nul doute, nul besoin de rappel',
    "l'hôpital est client, clinique aussi",
    'fou de joie pour la démo',
    'parti lundi, la partie adverse signe',
    "l'union européenne impose la règle",
    'un handicap majeur pour le projet',
    'le changement a été opéré',
    'à gauche de l’écran, à droite du bouton',
    'traitement des données, diagnostic fait',
    'la mère de toutes les réunions',
    'son entreprise recrute',
    'le fils de discussion',
    'elle est adoptée par tous, la solution',
    'fête vendredi',
    'centre de recherche sur le cancer client',
    'dépression économique en vue',
  ],
  es: [
    'empresa familiar, casa madre en Lyon',
    'la familia de productos crece',
    'Cristian quiere oferta, Cristina también',
    'margen sano, presupuesto malo',
    'lista negra, viernes negro, caja negra',
    'el comité votó por el proyecto',
    'país de origen, origen de los datos',
    'el hospital es cliente, clínica también',
    'loco por la demo',
    'de derecha a izquierda en la pantalla',
    'partido el lunes, la otra parte firma',
    'la Unión Europea obliga',
    'ingresado el pago en la cuenta',
    'entrega prometida para mayo',
    'se factura separado, separada por regiones',
    'tratamiento de datos, operación cerrada',
    'la madre de todas las reuniones',
    'fiesta el viernes',
    'a ciegas no firma, es un punto ciego',
    'precio loco, mercado enfermo',
    'tipo de cambio, tipo de interés',
    'extranjero en ventas',
    'el gordo de la lotería',
    'custodia de activos',
    'su empresa crece',
  ],
  nl: [
    'familiebedrijf, moederbedrijf in Lyon',
    'de productfamilie groeit',
    'Christiaan wil een offerte',
    'gezonde marge, ziek proces',
    'zwarte lijst, zwarte vrijdag',
    'links boven, rechts onder',
    'gescheiden systemen, scheiding van taken',
    'stemt op vrijdag over het voorstel',
    'opgenomen in het contract',
    'het ziekenhuis is klant, systeem in het ziekenhuis geïnstalleerd',
    'gek op de demo, te gek',
    'conservatief geschat 40 plekken',
    'dik tevreden, dik in orde',
    'partij goederen, derde partij',
    'haar partner tekent',
    'feest op vrijdag',
    'de Europese Unie eist het',
    'land van herkomst',
    'blinde vlek in de rapportage',
    'ziek van het wachten',
    'kankeronderzoek als klant',
    'de man aan de balie, mevrouw De Vrouw',
    'kinderziektes in de software',
    'dom plan, lui proces',
    'homogene groep',
  ],
  it: [
    'azienda di famiglia, casa madre a Lione',
    'la famiglia di prodotti cresce',
    'Cristiano vuole offerta, Cristina anche',
    'margine sano, processo malato',
    'lista nera, venerdì nero',
    'a destra dello schermo, a sinistra del tasto',
    'ha votato per il progetto',
    'paese di origine, origine dei dati',
    "l'ospedale è cliente, clinica anche",
    'pazzo per la demo',
    'partito lunedì, la controparte firma',
    "l'Unione Europea lo impone",
    'cura dei dati, operazione chiusa, diagnosi fatta',
    'la madre di tutte le riunioni',
    'festa venerdì',
    'codice invalido, campo disabilitato',
    'separato da virgole',
    'esaurito il budget',
    'in buona fede',
    'ricerca sul cancro come cliente',
    'prezzo pazzo, mercato malato',
    'straordinario, straniante',
    'tipo di cambio',
    'fattura in nero su bianco',
    'la sua azienda cresce',
  ],
};

describe.each(Object.keys(HARMLESS))('The quiet hint is quiet about harmless sentences (%s)', (language) => {
  it.each(HARMLESS[language] as string[])('%j', (line) => {
    expect(sensitive(line, language).map(({ span }) => line.slice(span.start, span.end))).toEqual([]);
  });
});

describe('One key moves the clause to the private end', () => {
  const moved = (line: string, language = 'en') => {
    const [hit] = sensitive(line, language);
    const context = { now: '2026-11-25T14:20:30Z', zone: 'Europe/Berlin', names: ['Dana Reyes', 'Li Wei'], language };
    return hit === undefined ? null : moveToPrivate(line, hit.span, context);
  };

  it.each([
    ['met @dana 45m, wants pricing, she is pregnant', 'met @dana 45m, wants pricing ~~she is pregnant'],
    ['met @dana, she is pregnant, wants pricing', 'met @dana, wants pricing ~~she is pregnant'],
    ['met @dana 45m she is pregnant', 'met @dana 45m ~~she is pregnant'],
    ['met @dana. She is pregnant. Wants pricing.', 'met @dana. Wants pricing. ~~She is pregnant'],
    ['met @dana, late because her son is ill', 'met @dana, late ~~because her son is ill'],
    ['she is pregnant but wants pricing', 'but wants pricing ~~she is pregnant'],
    ['met @dana, ok, she is sick >send deck fri', 'met @dana, ok >send deck fri ~~she is sick'],
    ['met @dana, ok >ask about her divorce fri', 'met @dana, ok ~~ask about her divorce fri'],
    ['met @dana, ok >send deck, ask about her divorce', 'met @dana, ok >send deck ~~ask about her divorce'],
    ['met @dana, ok !call after her divorce', 'met @dana, ok ~~call after her divorce'],
    ['met @dana *her kids >send deck', 'met @dana >send deck ~~her kids'],
    ['met @dana, she is pregnant ~~keep warm', 'met @dana ~~keep warm; she is pregnant'],
    ['met @dana re her divorce, ok', 'met @dana, ok ~~re her divorce'],
    ['she is pregnant', '~~she is pregnant'],
    ['first line\nshe is pregnant\nthird line', 'first line\nthird line ~~she is pregnant'],
    ['met @dana, agreed that @li is sick, ok', 'met @dana, ok ~~agreed that @li is sick'],
    ['met @dana told, she is pregnant', 'met @dana told ~~she is pregnant'],
  ])('%j', (line, changed) => {
    expect(moved(line)).toBe(changed);
  });

  it('in German too', () => {
    expect(moved('Treffen mit @dana, verschoben, weil sie krank ist, will Preise', 'de')).toBe(
      'Treffen mit @dana, verschoben, will Preise ~~weil sie krank ist',
    );
  });

  it('whatever the line: the words are private and no other word is lost', { timeout: 60_000 }, () => {
    const words = (text: string) => (text.match(/[\p{L}\p{N}]+/gu) ?? []).sort();
    fc.assert(
      fc.property(lines, lines, languages, (before, after, language) => {
        fc.pre(!before.includes('~~') && !after.includes('~~'));
        const line = `${before} ÐXÐ ${after}`;
        const start = line.indexOf('ÐXÐ');
        const context = { now: '2026-11-25T14:20:30Z', zone: 'UTC', names: [], language };
        const changed = moveToPrivate(line, { start, end: start + 3 }, context);
        const { private: kept, tokens: _, ...rest } = parse(changed, context);
        expect(kept?.kept).toContain('ÐXÐ');
        expect(JSON.stringify(rest)).not.toContain('ÐXÐ');
        expect(words(changed)).toEqual(words(line));
      }),
      { numRuns: Math.ceil(runs(20_000) / 10) },
    );
  });

  it('the hint looks at any text without failing, and only at what is not private', () => {
    fc.assert(
      fc.property(lines, languages, (line, language) => {
        let end = 0;
        for (const { span } of sensitive(line, language)) {
          if (span.start < end || span.end > line.length) throw new Error('spans out of order');
          end = span.end;
        }
        expect(sensitive(`~~${line} she is pregnant`, language)).toEqual([]);
      }),
      { numRuns: Math.ceil(runs(20_000) / 10) },
    );
  });
});
