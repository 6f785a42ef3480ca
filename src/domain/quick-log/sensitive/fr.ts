/** French. */
import type { SensitiveWords } from './vocabulary.ts';

export const fr: SensitiveWords = {
  always: {
    health:
      "cancer, chimio, chimiothérapie, tumeur, leucémie, grossesse, fausse couche, burn-out, burnout, dépression, dépressif, dépressive, troubles anxieux, crises de panique, bipolaire, autiste, démence, alzheimer, parkinson, diabète, diabétique, épilepsie, épileptique, vih, sida, séropositif, séropositive, crise cardiaque, infarctus, a fait un avc, arrêt maladie, en arrêt maladie, congé maladie, hospitalisé, hospitalisée, est à l'hôpital, était à l'hôpital, est enceinte, tombée enceinte, femme enceinte, situation de handicap, s'est fait opérer, va se faire opérer, est malade, était malade, tombé malade, tombée malade, en cure, alcoolique, alcoolisme, problème d'alcool, problème de drogue, toxicomane, antidépresseurs, psychiatre, psychothérapie, gravement malade, handicapé, handicapée, fauteuil roulant, maladie chronique, covid long",
    family:
      'divorce, divorcé, divorcée, divorcent, garde des enfants, garde alternée, vient de se marier, va se marier, fiancé, fiancée, attend un enfant, attend un bébé, congé maternité, congé paternité, congé parental, mère célibataire, père célibataire, mère seule, violence conjugale, violences conjugales, problèmes de couple, veuf, veuve, enterrement, deuil',
    religion:
      "musulman, musulmane, musulmans, juif, juive, juifs, hindou, hindoue, bouddhiste, athée, témoin de jéhovah, témoins de jéhovah, très croyant, très croyante, catholique pratiquant, catholique pratiquante, va à l'église, va à la messe, va à la mosquée, fait le ramadan, converti à l'islam, convertie à l'islam",
    politics:
      "vote pour le rn, vote rn, vote à gauche, vote à droite, vote le pen, vote macron, a voté le pen, a voté macron, a voté rn, militant politique, militante politique, militant du parti, extrême droite, extrême gauche, membre du parti, membre d'un parti, encarté, encartée, communiste, socialiste, fasciste, nazi, opinions politiques, électeur du, électrice du",
    union:
      'syndiqué, syndiquée, syndicaliste, délégué syndical, déléguée syndicale, membre du syndicat, adhérent cgt, membre de la cgt, à la cgt, à la cfdt, membre de la cfdt',
    sex_life:
      'gay, homosexuel, homosexuelle, lesbienne, bisexuel, bisexuelle, transgenre, transsexuel, transsexuelle, orientation sexuelle, a une liaison, liaison avec, trompe sa femme, trompe son mari, couche avec, coming out, vie sexuelle, maîtresse de, son amant',
    origin:
      "immigré, immigrée, immigrés, réfugié, réfugiée, demandeur d'asile, demandeuse d'asile, sans-papiers, origine ethnique, d'origine arabe, d'origine africaine, d'origine maghrébine, d'origine étrangère, d'origine turque, couleur de peau, peau noire, gitan, gitane, fort accent, ethnie",
    insult:
      'idiot, idiote, idiots, imbécile, imbéciles, connard, connards, connasse, salope, salaud, con, conne, abruti, abrutie, crétin, crétine, débile, ordure, enfoiré, enculé, pétasse, menteur, menteuse, escroc, boulet, tête à claques, emmerdeur, emmerdeuse, gros nul, bon à rien',
  },
  ofPerson: {
    health: 'malade, souffrant, souffrante, sourd, sourde, aveugle, obèse, anorexique, suicidaire, en dépression',
    family: 'célibataire, marié, mariée',
    religion:
      'chrétien, chrétienne, catholique, protestant, protestante, orthodoxe, croyant, croyante, religieux, religieuse',
    politics: 'de gauche, de droite, écolo, anarchiste, royaliste, gaulliste, macroniste',
    sex_life: 'trans, queer, homo',
    origin: 'arabe, étranger, étrangère, rom',
    insult:
      'bête, stupide, fainéant, fainéante, paresseux, paresseuse, incompétent, incompétente, fou, folle, arrogant, arrogante, moche, laid, laide, hystérique, insupportable, à côté de la plaque',
  },
  theirs: {
    health: 'maladie, addiction, dépression',
    family:
      'femme, mari, épouse, époux, fils, fille, enfants, enfant, gosses, bébé, mère, père, parents, frère, sœur, soeur, famille, mariage, ex-femme, ex-mari, copain, copine, compagnon, compagne, conjoint, conjointe',
    religion: 'foi, religion, église, mosquée, paroisse',
    politics: 'parti politique',
    origin: 'accent, nationalité',
  },
  never:
    "entreprise familiale, de famille, famille de produits, chef de famille, maison mère, société mère, société sœur, malade de, fou de joie, fou de rage, folle énergie, dépression économique, crise de, cancer du marché, lutte contre le cancer, ligue contre le cancer, centre de cancer*, recherche sur le cancer, aveugle sur, grossesse multiple, origine du problème, origine des données, origine de, pays d'origine, célibataire géographique, mère de, père de, fille de, fils de, mariage de, mariage entre",
  person:
    'elle, il, lui, je, femme, mari, fils, fille, patron, patronne, mère, père, frère, sœur, soeur, collègue, assistante, assistant, directeur, directrice, acheteur, acheteuse, chef, type, mec, qui',
  be: "est, était, sera, semble, semblait, paraît, reste, devient, a été, été, suis, c'est, n'est, tombé, tombée",
  fillers:
    'un, une, le, la, très, si, vraiment, assez, trop, souvent, encore, aussi, pas, plus, complètement, totalement, un peu, peu, toujours, bien, gravement, plutôt, tellement, carrément, ouvertement, récemment, apparemment, de, nouveau, tombé, tombée',
  possessive: 'son, sa, ses',
  clauseWords: 'mais, car, parce, puisque',
};
