import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import { useCan, useMutate, useProcedure } from '../../api/hooks.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { type HitQuery, queryOfView, searchFromQuery } from './hit-filter.ts';
import styles from './hits.module.css';

/** The reviewer's named filters, one press each. */
export function SavedViews({
  query,
  onApply,
}: {
  readonly query: HitQuery;
  readonly onApply: (query: HitQuery) => void;
}) {
  const { t } = useTranslation('hits');
  const may = useCan()('hits:decide');
  const views = useProcedure('supervision.views', {});
  const remove = useMutate('supervision.removeView');
  const [naming, setNaming] = useState(false);
  const here = searchFromQuery(query).toString();
  const listed = views.data ?? [];
  if (listed.length === 0 && !may) return null;
  return (
    <div className={styles['views']} role="group" aria-label={t('view.label')}>
      {listed.map((view) => {
        const current = searchFromQuery(queryOfView(view)).toString() === here;
        return (
          <span key={view.id} className={styles['view']}>
            <Button
              size="small"
              {...(current ? { type: 'primary' as const } : {})}
              aria-pressed={current}
              onClick={() => onApply(queryOfView(view))}
            >
              {view.name}
            </Button>
            {may && (
              <Button
                size="small"
                type="text"
                aria-label={t('view.remove', { name: view.name })}
                onClick={() => remove.mutate({ id: view.id })}
              >
                ×
              </Button>
            )}
          </span>
        );
      })}
      {may && (
        <Button size="small" type="dashed" onClick={() => setNaming(true)}>
          {t('view.save')}
        </Button>
      )}
      {naming && <NameView query={query} onClose={() => setNaming(false)} />}
    </div>
  );
}

function NameView({ query, onClose }: { readonly query: HitQuery; readonly onClose: () => void }) {
  const { t } = useTranslation('hits');
  const save = useMutate('supervision.saveView', { toast: false });
  const [name, setName] = useState('');
  const submit = () => {
    if (name.trim() !== '') save.mutate({ name: name.trim(), ...query }, { onSuccess: onClose });
  };
  return (
    <Dialog
      title={t('view.save')}
      okText={t('common:save')}
      okButtonProps={{ disabled: name.trim() === '', loading: save.isPending }}
      onOk={submit}
      onCancel={onClose}
    >
      <label htmlFor="view-name">{t('view.name')}</label>
      <Input
        id="view-name"
        maxLength={200}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onPressEnter={submit}
      />
      <p className={styles['quiet']}>{t('view.hint')}</p>
      <ErrorAlert error={save.error} />
    </Dialog>
  );
}
