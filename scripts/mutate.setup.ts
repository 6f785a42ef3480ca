/** A mutant is judged by the examples first: properties get a moment each, so that hundreds of mutants stay affordable. */
import fc from 'fast-check';

if (process.env.STRYKER_MUTATOR_WORKER !== undefined) fc.configureGlobal({ interruptAfterTimeLimit: 150 });
