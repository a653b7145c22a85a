import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import { OutsideText } from '../../../components/OutsideText.tsx';
import tags from '../../../components/Tags.module.css';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../use-words.ts';
import { SignDialog, type Signing as Act } from './sign-dialog.tsx';
import styles from './signing.module.css';

type Signing = ProcedureOutput<'handovers.signing'>;
type Seat = Signing['seats'][number];

/** The parties, each with what they signed or why nothing can be signed here now. */
export function Seats({ signing }: { readonly signing: Signing }) {
  const { t } = useTranslation('handovers');
  const words = useWords();
  const [act, setAct] = useState<Act | null>(null);
  const { current } = signing;
  return (
    <section aria-labelledby="parties">
      <h2 id="parties" className={styles['heading']}>
        {t('signing.parties')}
      </h2>
      <ul className={styles['seats']}>
        {signing.seats.map((seat) => (
          <li key={`${seat.role} ${seat.party}`} className={styles['card']}>
            <div className={styles['seatHead']}>
              <strong>{words.role[seat.role]}</strong>
              <span>
                <OutsideText text={seat.name === '' ? t('overview.notNamed') : seat.name} />
              </span>
              <SeatState seat={seat} />
            </div>
            {/* Once the seat is settled, the signature says by whom. */}
            {seat.signature === null && (
              <p className={styles['quiet']}>
                {seat.account === null
                  ? t(seat.role === 'leaver' ? 'signing.leaverNoAccount' : 'signing.noAccount')
                  : t('signing.account', { name: seat.account.name })}
              </p>
            )}
            {seat.signature !== null && <SignatureFacts signature={seat.signature} />}
            {current !== null && seat.signature === null && (
              <div className={styles['actions']}>
                {seat.refusal === null && (
                  <Button
                    type="primary"
                    onClick={() =>
                      setAct({ kind: 'sign', role: seat.role, party: seat.party, name: seat.name })
                    }
                  >
                    {t('signing.sign', { party: words.role[seat.role] })}
                  </Button>
                )}
                {seat.role === 'leaver' && signing.may.recordAbsence === null && (
                  <Button onClick={() => setAct({ kind: 'absence', name: seat.name })}>
                    {t('signing.recordAbsence')}
                  </Button>
                )}
                {/* Whose seat it is stands above, and that nobody can sign there: that it isn't the reader's needs no sentence. */}
                {seat.refusal !== null && seat.account !== null && seat.refusal !== 'not-party' && (
                  <span className={styles['quiet']}>{t(`refusal.${seat.refusal}`)}</span>
                )}
              </div>
            )}
          </li>
        ))}
      </ul>
      {act !== null && current !== null && (
        <SignDialog act={act} snapshot={current} onClose={() => setAct(null)} />
      )}
    </section>
  );
}

function SeatState({ seat: { signature } }: { readonly seat: Seat }) {
  const { t } = useTranslation('handovers');
  const [look, key] =
    signature === null
      ? (['open', 'unsigned'] as const)
      : signature.absence === null
        ? (['good', 'signed'] as const)
        : (['escalated', 'absent'] as const);
  return <span className={`${tags['tag']} ${tags['state']} ${tags[look]}`}>{t(`signing.seat.${key}`)}</span>;
}

/** A signature as it is on record: by whom, when, over which hash, with which reservations. */
export function SignatureFacts({ signature }: { readonly signature: NonNullable<Seat['signature']> }) {
  const { t } = useTranslation('handovers');
  const format = useFormat();
  return (
    <dl className={styles['facts']}>
      <dt>{t(signature.absence === null ? 'signing.signedBy' : 'signing.recordedBy')}</dt>
      <dd>
        {signature.by.name} · {format.dateTime(signature.signedAt)}
      </dd>
      {signature.absence !== null && (
        <>
          <dt>{t('signing.absence')}</dt>
          <dd>{signature.absence}</dd>
        </>
      )}
      <dt>{t('signing.hash')}</dt>
      <dd>
        <code title={signature.hash}>{signature.hash.slice(0, 16)}</code>
      </dd>
      {/* Whoever is absent has none. */}
      {signature.absence === null && (
        <>
          <dt>{t('signing.reservations')}</dt>
          <dd>{signature.reservations === '' ? t('common:none') : signature.reservations}</dd>
        </>
      )}
    </dl>
  );
}
