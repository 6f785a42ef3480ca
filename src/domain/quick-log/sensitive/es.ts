/** Spanish. */
import type { SensitiveWords } from './vocabulary.ts';

export const es: SensitiveWords = {
  always: {
    health:
      'cáncer, quimio, quimioterapia, tumor, leucemia, embarazada, embarazo, aborto, burnout, depresión, deprimido, deprimida, ataques de pánico, bipolar, autista, demencia, alzheimer, parkinson, diabetes, diabético, diabética, epilepsia, vih, sida, seropositivo, seropositiva, infarto, ictus, derrame cerebral, de baja médica, baja por enfermedad, baja médica, de baja por, hospitalizado, operado de, hospitalizada, ingresado en el hospital, ingresada en el hospital, está ingresado, está ingresada, está en el hospital, estuvo en el hospital, está enfermo, está enferma, trastorno de ansiedad, ataques de ansiedad, tiene ansiedad, alcohólico, alcohólica, alcoholismo, problema con el alcohol, problemas con el alcohol, drogadicto, drogadicta, antidepresivos, psiquiatra, gravemente enfermo, gravemente enferma, discapacidad, discapacitado, discapacitada, minusválido, minusválida, silla de ruedas, enfermedad crónica, covid persistente, operada de',
    family:
      'divorcio, divorciado, divorciada, divorciando, divorciándose, custodia de los hijos, custodia compartida, recién casado, recién casada, se casa en, su prometida, su prometido, se casó, espera un hijo, espera un bebé, baja por maternidad, baja maternal, baja por paternidad, permiso de maternidad, permiso de paternidad, madre soltera, padre soltero, violencia doméstica, violencia de género, viudo, viuda, entierro, funeral, luto',
    religion:
      'musulmán, musulmana, musulmanes, judío, judía, judíos, hindú, budista, ateo, atea, testigo de jehová, testigos de jehová, muy creyente, muy religioso, muy religiosa, católico practicante, católica practicante, opus dei, va a misa, va a la iglesia, va a la mezquita, hace el ramadán, convertido al islam, convertida al islam',
    politics:
      'vota a vox, vota vox, vota al pp, vota pp, vota al psoe, vota psoe, vota a podemos, vota a la derecha, vota a la izquierda, votante de, extrema derecha, ultraderecha, extrema izquierda, militante de, militante del, afiliado al partido, afiliada al partido, miembro del partido, comunista, socialista, fascista, facha, nazi, franquista, independentista, ideas políticas, ideología política',
    union:
      'sindicalista, sindicado, sindicada, afiliado al sindicato, afiliada al sindicato, miembro del sindicato, delegado sindical, delegada sindical, afiliado a ccoo, afiliada a ccoo, afiliado a ugt, afiliada a ugt',
    sex_life:
      'gay, homosexual, lesbiana, bisexual, transgénero, transexual, orientación sexual, tiene una aventura, aventura con, tiene un amante, tiene una amante, se acuesta con, engaña a su mujer, engaña a su marido, salió del armario, vida sexual, maricón',
    origin:
      'inmigrante, inmigrantes, refugiado, refugiada, sin papeles, solicitante de asilo, origen étnico, de origen árabe, de origen africano, de origen marroquí, de origen extranjero, color de piel, gitano, gitana, gitanos, acento fuerte, etnia',
    insult:
      'idiota, idiotas, imbécil, imbéciles, gilipollas, cabrón, cabrona, cabrones, puta, hijo de puta, zorra, estúpido, estúpida, capullo, mamón, tonto del culo, mentiroso, mentirosa, estafador, estafadora, payaso, subnormal, pendejo, pendeja, boludo, cretino, cretina, desgraciado, desgraciada, inútil total',
  },
  ofPerson: {
    health:
      'enfermo, enferma, mala de salud, sordo, sorda, ciego, ciega, obeso, obesa, anoréxica, suicida, estéril, de baja',
    family: 'soltero, soltera, casado, casada, adoptado, adoptada',
    religion:
      'cristiano, cristiana, católico, católica, protestante, ortodoxo, ortodoxa, creyente, religioso, religiosa, evangélico, evangélica',
    politics: 'de izquierdas, de derechas, de izquierda, de derecha, anarquista, monárquico, republicano, republicana',
    sex_life: 'trans, queer, hetero',
    origin: 'negro, negra, moro, mora, árabe, extranjero, extranjera, sudaca',
    insult:
      'tonto, tonta, vago, vaga, incompetente, loco, loca, inútil, arrogante, feo, fea, gordo, gorda, histérico, histérica, insoportable, ridículo, ridícula, perezoso, perezosa, bobo, boba',
  },
  theirs: {
    health: 'enfermedad, adicción, depresión',
    family:
      'mujer, marido, esposa, esposo, hijo, hija, hijos, bebé, madre, padre, padres, hermano, hermana, familia, matrimonio, exmujer, exmarido, novio, novia, pareja',
    religion: 'fe, religión, iglesia, mezquita, parroquia',
    politics: 'partido político',
    origin: 'acento, nacionalidad, etnia',
  },
  never:
    'empresa familiar, familia de productos, casa madre, empresa madre, padre de, madre de, hijo de la, loco por, loca por, punto ciego, cita a ciegas, a ciegas, casado con la marca, cáncer de la, lucha contra el cáncer, centro de cáncer, depresión económica, aborto de, gordo de, el gordo, república, independentista de, extranjero en, de derecha a izquierda, de izquierda a derecha',
  person:
    'ella, él, mujer, marido, hijo, hija, jefe, jefa, madre, padre, hermano, hermana, colega, compañera, compañero, asistente, director, directora, comprador, compradora, tipo, tía, quien',
  be: 'es, está, era, estaba, fue, parece, sigue, sea, ser, estar, estuvo, anda, se',
  fillers:
    'un, una, muy, tan, realmente, bastante, demasiado, a menudo, todavía, también, no, más, completamente, totalmente, poco, siempre, gravemente, algo, ya, recién, puso, pone, otra, vez, aún, súper',
  possessive: 'su, sus',
  clauseWords: 'pero, porque, aunque, pues',
};
