/** Italian. */
import type { SensitiveWords } from './vocabulary.ts';

export const it: SensitiveWords = {
  always: {
    health:
      "cancro, chemio, chemioterapia, tumore, leucemia, incinta, gravidanza, aborto, burnout, depressione, depresso, depressa, attacchi di panico, bipolare, autistico, autistica, demenza, alzheimer, parkinson, diabete, diabetico, diabetica, epilessia, hiv, aids, sieropositivo, sieropositiva, infarto, ictus, in malattia, congedo per malattia, assente per malattia, ricoverato, ricoverata, è in ospedale, era in ospedale, è malato, è malata, attacchi d'ansia, soffre di ansia, soffre d'ansia, alcolista, alcolizzato, alcolizzata, problemi di alcol, problema di alcol, tossicodipendente, drogato, drogata, antidepressivi, psichiatra, psicoterapia, gravemente malato, gravemente malata, disabile, disabilità, sedia a rotelle, malattia cronica, long covid, operato di, operata di",
    family:
      'divorzio, divorziato, divorziata, divorziando, affidamento dei figli, affido condiviso, appena sposato, appena sposata, si sposa, si è sposato, si è sposata, fidanzato, fidanzata, aspetta un figlio, aspetta un bambino, congedo di maternità, in maternità, congedo di paternità, congedo parentale, madre single, padre single, ragazza madre, violenza domestica, problemi coniugali, crisi coniugale, vedovo, vedova, funerale, lutto',
    religion:
      "musulmano, musulmana, musulmani, ebreo, ebrea, ebrei, induista, buddista, ateo, atea, testimone di geova, testimoni di geova, molto credente, molto religioso, molto religiosa, cattolico praticante, cattolica praticante, va a messa, va in chiesa, va in moschea, fa il ramadan, convertito all'islam, convertita all'islam",
    politics:
      'vota lega, vota la lega, vota pd, vota il pd, vota meloni, vota a destra, vota a sinistra, elettore della, elettore del, elettrice della, estrema destra, estrema sinistra, militante del, militante della, iscritto al partito, iscritta al partito, tesserato del, comunista, socialista, fascista, nazista, idee politiche, orientamento politico',
    union:
      'sindacalista, iscritto al sindacato, iscritta al sindacato, membro del sindacato, delegato sindacale, delegata sindacale, iscritto alla cgil, iscritta alla cgil, iscritto alla cisl, iscritta alla cisl, tesserato cgil',
    sex_life:
      'gay, omosessuale, lesbica, bisessuale, transgender, transessuale, orientamento sessuale, ha una relazione con, ha un amante, ha una amante, va a letto con, tradisce la moglie, tradisce il marito, fatto coming out, coming out, vita sessuale',
    origin:
      'immigrato, immigrata, immigrati, extracomunitario, extracomunitaria, extracomunitari, rifugiato, rifugiata, richiedente asilo, clandestino, origine etnica, di origine araba, di origine africana, di origine marocchina, di origine straniera, colore della pelle, zingaro, zingara, zingari, forte accento, etnia',
    insult:
      'idiota, idioti, imbecille, imbecilli, stronzo, stronza, stronzi, coglione, coglioni, bastardo, bastarda, puttana, troia, cretino, cretina, deficiente, scemo, scema, bugiardo, bugiarda, truffatore, truffatrice, pagliaccio, testa di cazzo, figlio di puttana, rompicoglioni, rompipalle, buono a nulla',
  },
  ofPerson: {
    health: 'malato, malata, sordo, sorda, cieco, cieca, obeso, obesa, anoressica, sterile, esaurito, esaurita',
    family: 'single, sposato, sposata, adottato, adottata, nubile, celibe',
    religion:
      'cristiano, cristiana, cattolico, cattolica, protestante, ortodosso, ortodossa, credente, religioso, religiosa, evangelico, evangelica',
    politics: 'di sinistra, di destra, leghista, anarchico, grillino, grillina, monarchico',
    sex_life: 'trans, queer, etero',
    origin: 'nero, nera, arabo, araba, straniero, straniera, rom',
    insult:
      'stupido, stupida, pigro, pigra, incompetente, pazzo, pazza, matto, matta, inutile, arrogante, brutto, brutta, grasso, grassa, isterico, isterica, insopportabile, ridicolo, ridicola, incapace, tonto, tonta',
  },
  theirs: {
    health: 'malattia, dipendenza, depressione',
    family:
      'moglie, marito, figlio, figlia, figli, bambino, bambina, bambini, madre, padre, genitori, fratello, sorella, famiglia, matrimonio, ex moglie, ex-moglie, ex marito, ex-marito, compagno, compagna, suocera',
    religion: 'fede, religione, chiesa, moschea, parrocchia',
    politics: 'partito politico',
    origin: 'accento, nazionalità, etnia',
  },
  never:
    'azienda di famiglia, impresa di famiglia, impresa familiare, famiglia di prodotti, casa madre, società madre, società sorella, pazzo per, pazza idea, punto cieco, ricerca sul cancro, lotta al cancro, depressione economica, esaurito il budget, di destra del, figlio di un, padre di, madre di, matrimonio tra, aborto del, grasso di, credente in, fidanzato con il, fede nel, in buona fede, buona fede',
  person:
    'lei, lui, moglie, marito, figlio, figlia, capo, madre, padre, fratello, sorella, collega, assistente, direttore, direttrice, compratore, buyer, tipo, tizio, chi',
  be: "è, era, sta, stava, sembra, sembrava, fu, resta, essere, sia, stato, stata, c'è, diventato, diventata",
  fillers:
    'un, una, uno, molto, così, davvero, abbastanza, troppo, spesso, ancora, anche, non, più, completamente, totalmente, poco, sempre, gravemente, proprio, ormai, di, nuovo, appena, già, apertamente',
  possessive: 'suo, sua, suoi, sue',
  clauseWords: 'ma, perché, poiché, siccome',
};
