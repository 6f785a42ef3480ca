/** German. */
import type { SensitiveWords } from './vocabulary.ts';

export const de: SensitiveWords = {
  always: {
    health:
      'krebs, brustkrebs, chemo, chemotherapie, tumor, leukämie, schwanger, schwangerschaft, fehlgeburt, burnout, burn-out, depression, depressionen, depressiv, angststörung, panikattacken, bipolar, adhs, autist*, demenz, alzheimer, parkinson, diabetes, epilepsie, hiv, aids, herzinfarkt, schlaganfall, krankgeschrieben, krankschreibung, langzeitkrank, dauerkrank, krankenhausaufenthalt, liegt im krankenhaus, ist im krankenhaus, war im krankenhaus, muss ins krankenhaus, liegt in der klinik, wird operiert, wurde operiert, ist krank, war krank, ist erkrankt, krank geworden, hat eine behinderung, in reha, alkoholiker*, alkoholproblem, alkoholkrank, drogenproblem, drogensüchtig, tablettensüchtig, antidepressiva, psychiater, psychiatrie, psychotherapie, psychisch krank, schwer krank, unheilbar krank, todkrank, rollstuhl, schwerbehindert, bandscheibenvorfall, long covid',
    family:
      'scheidung, geschieden, lässt sich scheiden, lassen sich scheiden, sorgerecht, sorgerechtsstreit, frisch verheiratet, hat geheiratet, verlobt, erwartet ein kind, erwartet ein baby, bekommt ein baby, mutterschutz, elternzeit, vaterschaftsurlaub, alleinerziehend*, eheprobleme, ehekrise, todesfall in der familie, häusliche gewalt, verwitwet, beerdigung',
    religion:
      'muslim*, moslem*, jude, jüdin, juden, jüdisch, hindu, buddhist*, atheist*, zeugen jehovas, zeuge jehovas, streng gläubig, tief gläubig, strenggläubig, strengkatholisch, fastet im ramadan, konvertiert zum, geht in die kirche, geht in die moschee, ist aus der kirche ausgetreten',
    politics:
      'wählt die afd, wählt afd, wählt die grünen, wählt die linke, wählt die cdu, wählt die spd, wählt die fdp, afd-wähler*, cdu-mitglied, spd-mitglied, parteimitglied, mitglied der cdu, mitglied der csu, mitglied der spd, mitglied der afd, mitglied der grünen, mitglied der fdp, mitglied der linken, rechtsradikal*, rechtsextrem*, linksradikal*, linksextrem*, kommunist*, sozialist*, nazi, nazis, reichsbürger, querdenker, politische einstellung, politische gesinnung',
    union:
      'gewerkschaftsmitglied*, gewerkschafter*, in der gewerkschaft, mitglied der gewerkschaft, mitglied der ig metall, bei verdi organisiert, gewerkschaftlich organisiert, in der ig metall',
    sex_life:
      'schwul, schwuler, lesbisch, lesbe, bisexuell, homosexuell, transgender, transsexuell, sexuelle orientierung, hat eine affäre, affäre mit, hat ein verhältnis mit, schläft mit, geoutet, seitensprung, fremdgegangen, geht fremd, sexleben',
    origin:
      'migrationshintergrund, ausländer, ausländerin, flüchtling*, asylbewerber*, einwanderer, zigeuner*, hautfarbe, dunkelhäutig*, ethnische herkunft, ethnisch*, türkischer herkunft, arabischer herkunft, afrikanischer herkunft, starker akzent, starken akzent',
    insult:
      'idiot*, vollidiot*, trottel, depp, deppen, arschloch, arschlöcher, schlampe*, miststück, mistkerl, dummkopf, blödmann, schwachkopf, wichser, hurensohn, drecksack, spinner, lügner*, betrüger*, versager, nervensäge, zicke, hohlkopf, vollpfosten, scheißkerl',
  },
  ofPerson: {
    health: 'krank, erkrankt, behindert, süchtig, magersüchtig, unfruchtbar, taub, blind, suizidal, labil',
    family: 'single, ledig, verheiratet, kinderlos, adoptiert',
    religion:
      'christ, christin, christlich, katholisch, evangelisch, orthodox, gläubig, religiös, islamisch, protestantisch',
    politics: 'sozialdemokrat*',
    sex_life: 'trans, queer',
    origin: 'türke, türkin, araber, araberin, roma',
    insult:
      'dumm, doof, blöd, dämlich, faul, unfähig, verrückt, arrogant, hässlich, fett, hysterisch, zickig, eklig, bescheuert, nervig, inkompetent, geldgierig',
  },
  theirs: {
    health: 'krankheit, erkrankung, sucht, depression',
    family:
      'frau, mann, ehefrau, ehemann, sohn, tochter, kinder, kind, baby, mutter, vater, eltern, bruder, schwester, familie, ehe, exfrau, ex-frau, exmann, ex-mann, freundin, freund, verlobte, verlobter, lebensgefährtin, lebensgefährte',
    religion: 'glaube, glauben, religion, kirche, moschee',
    origin: 'akzent, herkunft, nationalität',
  },
  never:
    'familienunternehmen, familienbetrieb, familie von produkten, produktfamilie, krank vor, krebsforschung, krebshilfe, blind vertrauen, blinder fleck, taub auf, taube ohren, verrückt nach, verheiratet mit der marke, diabetes deutschland, diabetes-*, single sign-on, single point, single source, depression der, scheidung von, orthodoxe methode, ist im krankenhaus eingesetzt, ist im krankenhaus installiert, ist im krankenhaus im einsatz',
  person:
    'sie, er, ihm, ihn, ihr, ich, frau, mann, sohn, tochter, chef, chefin, mutter, vater, bruder, schwester, kollege, kollegin, assistentin, assistent, geschäftsführer, geschäftsführerin, einkäufer, einkäuferin, leiter, leiterin, typ, kerl, wer',
  be: 'ist, war, sei, wäre, wurde, wird, wirkt, wirkte, scheint, schien, gilt, fühlt, bin, gewesen, geworden',
  fillers:
    'ein, eine, einen, sehr, so, wirklich, total, oft, noch, wieder, auch, nicht, nur, zu, völlig, komplett, ziemlich, einfach, echt, leider, gerade, aktuell, jetzt, immer, offen, offenbar, wohl, schwer, ganz, lange, länger, seit, ja, eben, schon, sich, gerade, ein bisschen, etwas, als, seltsam',
  possessive: 'sein, seine, seiner, seinem, seinen, ihr, ihre, ihrer, ihrem, ihren, deren, dessen',
  verbLast: true,
  clauseWords: 'aber, weil, denn, obwohl, da',
};
