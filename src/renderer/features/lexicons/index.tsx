import { Button, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate } from 'react-router';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { useCan, useMutate, useProcedure } from '../../api/hooks.ts';
import { Confirm } from '../../components/Confirm.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { StateTag } from '../../components/StateTag.tsx';
import { useFormat } from '../../use-format.ts';
import { LexiconDetail } from './lexicon-detail.tsx';
import { LexiconDialog } from './lexicon-dialog.tsx';
import styles from './lexicons.module.css';
import { readPath } from './sections.ts';
import { SuppressionsScreen } from './suppressions.tsx';

type Lexicon = ProcedureOutput<'lexicons.list'>[number];

/** What is looked for: the lexicons, their versions and terms; and what is let through for a time. */
export function LexiconsScreen() {
  const { pathname } = useLocation();
  return pathname === '/lexicons/suppressions' ? <SuppressionsScreen /> : <Lexicons />;
}

function Lexicons() {
  const { t } = useTranslation('lexicons');
  const can = useCan();
  const mayEdit = can('lexicons:edit');
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const lexicons = useProcedure('lexicons.list', {});
  const [creating, setCreating] = useState(false);
  const listed = lexicons.data ?? [];
  const { lexiconId, section } = readPath(pathname);
  const shown = listed.find((lexicon) => lexicon.id === lexiconId) ?? listed[0];
  const create = mayEdit && (
    <Button type={listed.length === 0 ? 'primary' : 'default'} onClick={() => setCreating(true)}>
      {t('new')}
    </Button>
  );
  const actions = (
    <>
      <Link to="/lexicons/suppressions">{t('suppressions')}</Link>
      {create}
    </>
  );
  return (
    <Page fill title={t('title')} description={t('description')} actions={actions}>
      {lexicons.isError ? (
        <ErrorState error={lexicons.error} onRetry={() => void lexicons.refetch()} />
      ) : !lexicons.data ? (
        <Loading />
      ) : !shown ? (
        <EmptyState
          title={t('empty')}
          description={t(mayEdit ? 'emptyHint' : 'emptyHintRead')}
          action={create}
        />
      ) : (
        // Two parts take the whole width; the way back is the tab beside them.
        <div
          className={styles['screen']}
          data-wide={section === 'workbench' || section === 'backtests' || undefined}
        >
          <nav className={styles['list']} aria-label={t('list')}>
            <ul>
              {listed.map((lexicon) => (
                <LexiconItem
                  key={lexicon.id}
                  lexicon={lexicon}
                  current={lexicon.id === shown.id}
                  maySwitch={can('lexicons:publish')}
                />
              ))}
            </ul>
          </nav>
          <section className={styles['main']} aria-label={shown.name}>
            <LexiconDetail key={shown.id} lexicon={shown} section={section} />
          </section>
        </div>
      )}
      {creating && (
        <LexiconDialog
          lexicon={null}
          onClose={() => setCreating(false)}
          onSaved={(lexicon) => void navigate(`/lexicons/${lexicon.id}`)}
        />
      )}
    </Page>
  );
}

function LexiconItem({
  lexicon,
  current,
  maySwitch,
}: {
  readonly lexicon: Lexicon;
  readonly current: boolean;
  readonly maySwitch: boolean;
}) {
  const { t } = useTranslation('lexicons');
  const format = useFormat();
  const update = useMutate('lexicons.update');
  const { published, draft } = lexicon;
  return (
    <li className={styles['item']} data-current={current || undefined}>
      <Link
        to={`/lexicons/${lexicon.id}`}
        className={styles['link'] ?? ''}
        aria-current={current ? 'page' : undefined}
      >
        <span className={styles['itemName']}>{lexicon.name}</span>
        <span className={styles['itemFacts']}>
          {published
            ? t('itemPublished', {
                number: published.number,
                count: published.termCount,
                terms: format.number(published.termCount),
              })
            : t('itemUnpublished')}
          {draft && <StateTag state="draft" />}
        </span>
        {lexicon.origin === 'starter' && <span className={styles['itemFacts']}>{t('starter')}</span>}
      </Link>
      <Confirm
        // What is looked for changes for everybody: no switch to slip on.
        title={t(lexicon.active ? 'switchOff.question' : 'switchOn.question', { name: lexicon.name })}
        description={t(lexicon.active ? 'switchOff.hint' : 'switchOn.hint')}
        okText={t(lexicon.active ? 'switchOff.ok' : 'switchOn.ok')}
        styles={{ root: { maxWidth: 360 } }}
        disabled={!maySwitch}
        onConfirm={() =>
          update.mutate({
            id: lexicon.id,
            name: lexicon.name,
            description: lexicon.description,
            active: !lexicon.active,
          })
        }
      >
        <Switch
          size="small"
          checked={lexicon.active}
          disabled={!maySwitch}
          loading={update.isPending}
          title={t(maySwitch ? (lexicon.active ? 'activeHint' : 'inactiveHint') : 'maySwitchNot')}
          aria-label={t('activeLabel', { name: lexicon.name })}
        />
      </Confirm>
    </li>
  );
}
