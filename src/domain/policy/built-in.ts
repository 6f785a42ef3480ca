/** The jurisdictions that come with Candor. Every parameter is a default until the customer's counsel approves it. */
import au from './jurisdictions/au.json' with { type: 'json' };
import br from './jurisdictions/br.json' with { type: 'json' };
import ca from './jurisdictions/ca.json' with { type: 'json' };
import caQc from './jurisdictions/ca-qc.json' with { type: 'json' };
import ch from './jurisdictions/ch.json' with { type: 'json' };
import eu from './jurisdictions/eu.json' with { type: 'json' };
import euDe from './jurisdictions/eu-de.json' with { type: 'json' };
import euFr from './jurisdictions/eu-fr.json' with { type: 'json' };
import uk from './jurisdictions/uk.json' with { type: 'json' };
import us from './jurisdictions/us.json' with { type: 'json' };
import usCa from './jurisdictions/us-ca.json' with { type: 'json' };
import { type Law, lawOf, readJurisdictions } from './resolve.ts';

export const BUILT_IN_FILES: readonly unknown[] = [eu, euDe, euFr, uk, ch, ca, caQc, us, usCa, br, au];
export const BUILT_IN: Law = lawOf(readJurisdictions(BUILT_IN_FILES));

/** The law with a company's own jurisdictions over the built-in ones; what is bad in them is named and not used. */
export const lawWith = (files: readonly unknown[]): Law => lawOf(readJurisdictions(files, BUILT_IN.jurisdictions));
