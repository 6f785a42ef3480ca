/** Dutch. */
import type { SensitiveWords } from './vocabulary.ts';

export const nl: SensitiveWords = {
  always: {
    health:
      'kanker, borstkanker, chemo, chemotherapie, tumor, leukemie, zwanger, zwangerschap, miskraam, burn-out, burnout, depressie, depressief, angststoornis, paniekaanvallen, bipolair, adhd, autistisch, dementie, alzheimer, parkinson, diabetes, suikerziekte, epilepsie, hiv, aids, hartaanval, hartinfarct, beroerte, ziekteverlof, ziekgemeld, ziek gemeld, ziek thuis, langdurig ziek, ligt in het ziekenhuis, moet naar het ziekenhuis, opgenomen in het ziekenhuis, opgenomen in een kliniek, is ziek, was ziek, afkickkliniek, alcoholist*, alcoholprobleem, drankprobleem, drugsprobleem, drugsverslaafd, antidepressiva, psychiater, psycholoog, psychisch ziek, ernstig ziek, ongeneeslijk ziek, gehandicapt, arbeidsongeschikt, rolstoel, chronisch ziek, long covid, geopereerd aan',
    family:
      'echtscheiding, ligt in scheiding, in scheiding, gaan scheiden, gaat scheiden, voogdij, omgangsregeling, net getrouwd, gaat trouwen, verloofd, verwacht een kind, verwacht een baby, zwangerschapsverlof, ouderschapsverlof, vaderschapsverlof, alleenstaande moeder, alleenstaande vader, huwelijksproblemen, relatieproblemen, huiselijk geweld, weduwe, weduwnaar, begrafenis',
    religion:
      'moslim*, islamitisch, jood, joods, joodse, hindoe, boeddhist*, atheïst*, jehova*, streng gelovig, zwaar gelovig, zwaar gereformeerd, gaat naar de kerk, gaat naar de moskee, doet mee aan de ramadan, bekeerd tot',
    politics:
      'stemt pvv, stemt op de pvv, stemt op wilders, stemt vvd, stemt groenlinks, pvv-stemmer*, partijlid, lid van de pvv, lid van de vvd, lid van de pvda, lid van het cda, lid van groenlinks, extreemrechts, extreem-rechts, extreemlinks, extreem-links, communist*, socialist*, nazi, fascist*, politieke voorkeur, politieke overtuiging',
    union:
      'vakbondslid*, lid van de vakbond, vakbondsman, vakbondsvrouw, lid van de fnv, bij de fnv, bij de vakbond, lid van een vakbond',
    sex_life:
      'homo, homoseksueel, lesbisch, lesbienne, biseksueel, transgender, transseksueel, seksuele geaardheid, seksuele voorkeur, heeft een affaire, affaire met, vreemdgegaan, gaat vreemd, slaapt met, uit de kast, seksleven',
    origin:
      'allochtoon, allochtonen, migratieachtergrond, immigrant*, vluchteling*, asielzoeker*, huidskleur, donkere huid, etnische afkomst, etniciteit, van marokkaanse afkomst, van turkse afkomst, zigeuner*, zwaar accent, buitenlander*',
    insult:
      'idioot, idioten, klootzak*, lul, eikel, trut, kutwijf, bitch, sukkel*, debiel*, imbeciel*, mongool, hufter*, leugenaar*, oplichter*, rotzak, zeikerd, zeurkous, domoor, hoer, kreng, mafkees, nietsnut',
  },
  ofPerson: {
    health: 'ziek, verslaafd, invalide, doof, blind, onvruchtbaar, suïcidaal, overspannen, anorectisch',
    family: 'gescheiden, alleenstaand, vrijgezel, getrouwd, geadopteerd, kinderloos',
    religion: 'christen, christelijk, katholiek, protestants, gereformeerd, orthodox, gelovig, religieus, hervormd',
    politics: 'anarchist',
    sex_life: 'trans, queer, hetero',
    origin: 'marokkaan, marokkaanse, arabier, roma, turks',
    insult:
      'dom, stom, lui, incompetent, gek, knettergek, arrogant, lelijk, hysterisch, onuitstaanbaar, belachelijk, achterlijk, irritant, onbekwaam',
  },
  theirs: {
    health: 'ziekte, operatie, verslaving, depressie',
    family:
      'vrouw, man, echtgenoot, echtgenote, zoon, dochter, kinderen, kind, baby, moeder, vader, ouders, broer, zus, gezin, familie, huwelijk, ex-vrouw, ex-man, vriendin, vriend, verloofde',
    religion: 'geloof, religie, kerk, moskee',
    origin: 'accent, afkomst, nationaliteit',
  },
  never:
    'familiebedrijf, productfamilie, moederbedrijf, zusterbedrijf, moedermaatschappij, kankeronderzoek, kankerfonds, gek op, gek genoeg, gek van, te gek, ziek van het, blinde vlek, blind op, doof voor, getrouwd met het merk, depressie in de markt, voogdij over',
  person:
    'ze, zij, hij, hem, haar, ik, vrouw, man, zoon, dochter, baas, moeder, vader, broer, zus, collega, assistente, assistent, directeur, inkoper, inkoopster, manager, kerel, vent, wie',
  be: 'is, was, werd, wordt, lijkt, leek, blijft, bleef, ben, geweest, geworden, bleek, voelt',
  fillers:
    'een, heel, erg, zo, echt, nogal, vaak, nog, weer, ook, niet, te, helemaal, totaal, compleet, best, gewoon, altijd, ernstig, chronisch, nu, al, zich, langdurig, openlijk, blijkbaar, beetje, behoorlijk, streng',
  possessive: 'zijn, haar, hun, diens',
  verbLast: true,
  clauseWords: 'maar, omdat, want, hoewel',
};
