/** Before saving: one sentence per person, then what leaves the device, what is withheld and what stays. */
import type { JSX } from 'preact';
import type { FormView, Person, Preview, Sentence } from '../../contract.ts';
import type { Say } from '../../words.ts';
import { FlagSign } from '../flags.tsx';
import { Sign, type SignName } from '../signs.tsx';

const Group = ({
  sign,
  title,
  quality,
  lines,
  say,
}: {
  sign: SignName;
  title: string;
  quality?: string;
  lines: readonly Sentence[];
  say: Say;
}): JSX.Element | null =>
  lines.length === 0 ? null : (
    <div class="log-group">
      <dt>
        <Sign name={sign} />
        {title}
      </dt>
      <dd class={quality}>
        {lines.map((line) => (
          <p key={JSON.stringify(line)}>{say(line)}</p>
        ))}
      </dd>
    </div>
  );

export const BeforeSaving = ({
  preview,
  account,
  say,
  onTell,
}: {
  preview: Preview;
  account: FormView['account'];
  say: Say;
  /** Only a surface of the browser's own offers to tell somebody. */
  onTell: ((person: Person) => void) | null;
}): JSX.Element => (
  <div class="log-before">
    {preview.people.length > 0 && (
      <ul class="log-people" aria-label={say('logWhoWasTold')}>
        {preview.people
          .filter(({ alternatives }) => alternatives.length === 0)
          .map(({ person, isNew }) => (
            <li key={person.id}>
              <FlagSign flag={person.status.flag} />
              <span>
                {say(person.status.sentence)}
                {onTell && !isNew && person.status.flag !== 'told' && person.status.flag !== 'objected' && (
                  <>
                    {' '}
                    <button
                      type="button"
                      class="link"
                      aria-label={say('logTellLabel', person.name)}
                      onClick={() => onTell(person)}
                    >
                      {say('logTell')}
                    </button>
                  </>
                )}
              </span>
            </li>
          ))}
      </ul>
    )}
    <dl class="log-groups">
      <Group sign="leaves" title={say('logLeaves')} lines={preview.leaves} say={say} />
      <Group sign="withheld" title={say('logWithheld')} quality="fold" lines={preview.withheld} say={say} />
      <Group sign="private" title={say('logStays')} quality="hatch" lines={preview.stays} say={say} />
    </dl>
    {account && <AccountLine account={account} say={say} />}
  </div>
);

/** "Halden Freight AG: 12 told, 5 untold". */
export const AccountLine = ({ account, say }: { account: NonNullable<FormView['account']>; say: Say }): JSX.Element => (
  <p class="log-account soft">
    <Sign name="account" />
    <span>{say('logAccount', account.name, account.told, account.untold)}</span>
  </p>
);

/** Nothing typed yet: the one sentence about the person of the page, and a kept private part if there is one. */
export const BeforeTyping = ({ form, say }: { form: FormView; say: Say }): JSX.Element => (
  <div class="log-before">
    {form.privateKept && (
      <p>
        <span class="chip private hatch" title={say('chipPrivateKeptLabel')}>
          <Sign name="private" />
          <span class="chip-words">{say('chipPrivateKept')}</span>
        </span>
      </p>
    )}
    {form.pageContact ? (
      <BeforeSaving
        preview={{
          people: [{ person: form.pageContact, span: null, isNew: false, alternatives: [], leaves: 'now' }],
          leaves: [],
          withheld: [],
          stays: [],
          refusal: null,
        }}
        account={form.account}
        say={say}
        onTell={null}
      />
    ) : (
      form.account && <AccountLine account={form.account} say={say} />
    )}
  </div>
);
