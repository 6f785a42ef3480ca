/** English. */
import type { SensitiveWords } from './vocabulary.ts';

export const en: SensitiveWords = {
  always: {
    health:
      'cancer, chemo, chemotherapy, tumour, tumor, leukaemia, leukemia, pregnant, pregnancy, miscarriage, ivf, burned out, burnt out, burn-out, burnout, nervous breakdown, clinical depression, has depression, suffers from depression, anxiety disorder, panic attacks, bipolar, adhd, autistic, dementia, alzheimer*, parkinson*, diabetes, diabetic, epilepsy, hiv, heart attack, had a stroke, heart surgery, had surgery, having surgery, sick leave, on sick leave, off sick, called in sick, long-term sick, hospitalised, hospitalized, in rehab, alcoholic, alcoholism, drinking problem, drug problem, drug addict, addicted to, antidepressants, therapist, psychiatrist, in therapy, mental health issues, mental health problems, mentally ill, terminally ill, seriously ill, wheelchair, chronic pain, chronic illness, is ill, is sick, was ill, is unwell, fell ill, is in hospital, was in hospital, is in the hospital, was in the hospital, taken to hospital, rushed to hospital, went to hospital, has a disability, diagnosed with, long covid',
    family:
      'divorce, divorced, divorcing, custody battle, custody of the kids, custody of the children, getting married, got married, got engaged, expecting a baby, had a baby, maternity leave, paternity leave, parental leave, single mother, single mum, single mom, single father, single dad, domestic violence, marital problems, marriage problems, passed away, funeral of',
    religion:
      'muslim, jewish, jehovah*, hindu, buddhist, sikh, atheist, devout, born-again, devout christian, practising catholic, practicing catholic, goes to church, goes to mosque, goes to the mosque, fasting for ramadan, converted to islam, converted to christianity, religious beliefs',
    politics:
      'far-right, far-left, right-wing, left-wing, right winger, votes for trump, voted for trump, voted leave, voted remain, voted for brexit, votes labour, votes tory, votes republican, votes green, votes for the greens, political views, politically active, trump supporter, trump voter, brexiteer, communist, socialist, fascist, nazi',
    union:
      'union member, union members, union rep, union membership, member of the union, trade union member, in a union, joined the union, joined a union, unionised, unionized, shop steward',
    sex_life:
      'gay, lesbian, bisexual, transgender, transsexual, homosexual, sexual orientation, same-sex, having an affair, has an affair, affair with, sleeping with, sleeps with, slept with, had an affair, came out as gay, came out of the closet, one-night stand, his boyfriend, her girlfriend, sex life, mistress',
    origin:
      'immigrant, immigrants, illegal immigrant, asylum seeker, refugee, ethnic background, ethnic origin, ethnicity, skin colour, skin color, dark-skinned, migration background, gypsy, gypsies, mixed race, thick accent',
    insult:
      'idiot*, moron, morons, asshole*, arsehole*, bastard*, bitch*, cunt*, dickhead*, wanker*, jerk, jerks, imbecile*, scumbag*, pain in the ass, pain in the arse, drama queen, psycho, lunatic, liar, liars, crook, pig-headed, dumbass, complete fool, total fool, piece of shit',
  },
  ofPerson: {
    health:
      'depressed, sick, ill, unwell, disabled, infertile, obese, anorexic, suicidal, deaf, blind, in pain, on medication',
    family: 'widowed, separated, engaged to, adopted, childless, single, recently married',
    religion: 'christian, catholic, protestant, orthodox, religious, evangelical, mormon, baptist, quaker',
    politics: 'republican, democrat, tory, conservative voter, green voter, anarchist, monarchist',
    sex_life: 'straight, queer, trans, promiscuous',
    origin: 'black, asian, gypsy, a foreigner, arab, latino, latina',
    insult:
      'stupid, dumb, incompetent, lazy, crazy, insane, nuts, useless, clueless, arrogant, pathetic, ugly, fat, hysterical, a fool, a clown, a snake, a loser, a nightmare, creepy, toxic, disgusting, an ass',
  },
  theirs: {
    health: 'illness, disease, medication, disability, cancer, depression, addiction, drinking',
    family:
      'wife, husband, son, daughter, kids, children, child, baby, mother, father, mum, mom, dad, parents, brother, sister, family, marriage, ex-wife, ex-husband, boyfriend, girlfriend, fiancé, fiancée, in-laws',
    religion: 'faith, religion, church, mosque, synagogue, rabbi, imam',
    politics: 'politics, political party',
    origin: 'accent, nationality, ethnicity',
  },
  never:
    'sick of, sick and tired, ill will, ill at ease, home sick, crazy about, crazy busy, nuts about, nuts and bolts, blind spot, blind to, blind test, deaf ear, deaf to, black friday, black box, black and white, black list, in the black, family business, family company, family firm, family office, family-owned, family of products, family name, family tree, product family, font family, parent company, mother company, father of, sister company, partner company, baby steps, baby boomer*, cancer charity, cancer research, cancer centre, cancer center, cancer drug*, cancer care, cancer screening, hospital group, disability insurance, disability act, diabetes care, diabetes device*, devout fan, single point, single source, single sign-on, single user, single customer, orthodox approach, fat margin, straight to, straight away, straight forward, straight from, straight with, religious about, communist party, sick leave policy, parental leave policy, child account*, child record*, child process*, ill-equipped, is sick of, european union, credit union, western union, union pacific, union square, union jack, union member state*, republican national, toxic waste, toxic asset*, lazy loading, lazy load, dumb terminal, dumb question, insane growth, tumor board, tumour board, depressed prices, depressed market*, heart attack on, refugee council, refugee charity, immigrant visa*, wheelchair access, wheelchair ramp*, jerk chicken, divorce the, divorce from the, engaged to find, engaged to do, engaged to help, sleeping with the lights',
  person:
    'she, he, him, her, i, wife, husband, son, daughter, boss, mother, father, brother, sister, colleague, assistant, ceo, cfo, cto, coo, buyer, manager, director, secretary, guy, woman, man, who',
  be: "is, was, isn't, wasn't, be, been, being, seems, seemed, looks, looked, became, got, fell, gets, feels, felt, called, am, 's, were",
  fillers:
    'a, an, the, very, so, really, quite, totally, such, often, still, again, also, not, just, too, completely, bit, little, total, complete, actually, currently, now, all, always, probably, clearly, rather, pretty, openly, recently, apparently, severely, seriously, chronically, off, has, have, had',
  possessive: 'his, her',
  names: 'gay, moron',
  clauseWords: 'but, because, although, since',
};
