import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureInput, ProcedureOutput } from '../../../core/contract/index.ts';
import { useProcedure } from '../../api/hooks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Loading } from '../../components/Loading.tsx';
import { useFormat } from '../../use-format.ts';
import { ContentDiffView } from './diff/content-diff.tsx';
import type { DiffMode } from './diff/text-diff.tsx';
import styles from './material.module.css';

type Ref = ProcedureInput<'materials.compare'>['from'];
type Version = ProcedureOutput<'materials.versions'>['versions'][number];

const keyOf = (ref: Ref) => (ref.kind === 'version' ? ref.versionId : ref.kind);

/** All versions of a material, and what differs between any two of them, the draft, and what is approved now. */
export function VersionsSection({ material }: { readonly material: ProcedureOutput<'materials.get'> }) {
  const { t } = useTranslation('materials');
  const format = useFormat();
  const versions = useProcedure('materials.versions', { id: material.id, limit: 200 });
  const [chosen, setChosen] = useState<{ readonly from: Ref; readonly to: Ref } | null>(null);
  const [mode, setMode] = useState<DiffMode>('side-by-side');
  const listed = versions.data?.versions ?? [];

  if (versions.isError) return <ErrorState error={versions.error} onRetry={() => void versions.refetch()} />;
  if (!versions.data) return <Loading />;
  if (listed.length === 0)
    return <EmptyState title={t('version.none')} description={t('version.noneHint')} />;
  const shown = chosen ?? firstChoice(listed, material.draftDiffers);
  const refs: readonly Ref[] = [
    { kind: 'draft' },
    { kind: 'approved' },
    ...listed.map((version): Ref => ({ kind: 'version', versionId: version.id })),
  ];
  const nameOf = (ref: Ref) => {
    if (ref.kind !== 'version') return t(`version.${ref.kind}`);
    const version = listed.find(({ id }) => id === ref.versionId);
    return t('list.versionNumber', { number: version?.number ?? 0 });
  };
  const options = refs.map((ref) => ({ value: keyOf(ref), label: nameOf(ref) }));
  const refOf = (key: string): Ref => refs.find((ref) => keyOf(ref) === key) ?? { kind: 'draft' };

  return (
    <div className={styles['versions']}>
      <ol className={styles['versionList']} aria-label={t('version.list')} reversed>
        {listed.map((version, index) => {
          const before = listed[index + 1];
          return (
            <li key={version.id}>
              <strong>{t('list.versionNumber', { number: version.number })}</strong>
              <span className={styles['quiet']}>
                {version.createdBy.name} · {format.dateTime(version.createdAt)}
              </span>
              <code title={version.contentHash}>SHA-256 {version.contentHash.slice(0, 12)}…</code>
              {version.note !== '' && <span>{version.note}</span>}
              <span className={styles['quiet']}>
                {t('version.editors', {
                  names: version.editors.map(({ name }) => name).join(t('common:listSeparator')),
                })}
              </span>
              {before !== undefined && (
                <Button
                  size="small"
                  onClick={() =>
                    setChosen({
                      from: { kind: 'version', versionId: before.id },
                      to: { kind: 'version', versionId: version.id },
                    })
                  }
                >
                  {t('version.compareBefore')}
                </Button>
              )}
            </li>
          );
        })}
      </ol>
      <section aria-label={t('version.compare')}>
        <div className={styles['compare']}>
          <Select<string>
            aria-label={t('version.from')}
            value={keyOf(shown.from)}
            options={options}
            onChange={(key) => setChosen({ ...shown, from: refOf(key) })}
          />
          <span aria-hidden="true">→</span>
          <Select<string>
            aria-label={t('version.to')}
            value={keyOf(shown.to)}
            options={options}
            onChange={(key) => setChosen({ ...shown, to: refOf(key) })}
          />
        </div>
        <Comparison
          id={material.id}
          refs={shown}
          names={[nameOf(shown.from), nameOf(shown.to)]}
          mode={mode}
          onMode={setMode}
        />
      </section>
    </div>
  );
}

/** What changed last: the draft against the newest version, or that against the one before it. */
function firstChoice(
  versions: readonly Version[],
  draftDiffers: boolean,
): { readonly from: Ref; readonly to: Ref } {
  const [newest, before] = versions;
  const refTo = (version: Version | undefined): Ref =>
    version === undefined ? { kind: 'draft' } : { kind: 'version', versionId: version.id };
  if (draftDiffers || before === undefined) return { from: refTo(newest), to: { kind: 'draft' } };
  return { from: refTo(before), to: refTo(newest) };
}

/** The differences between two contents of a material. */
export function Comparison({
  id,
  refs,
  names,
  mode,
  onMode,
}: {
  readonly id: ProcedureInput<'materials.compare'>['id'];
  readonly refs: { readonly from: Ref; readonly to: Ref };
  readonly names: readonly [string, string];
  readonly mode: DiffMode;
  readonly onMode: (mode: DiffMode) => void;
}) {
  const compared = useProcedure('materials.compare', { id, ...refs }, { keepPrevious: true });
  const products = useProcedure('products.list', { limit: 500 });
  if (compared.isError) return <ErrorState error={compared.error} onRetry={() => void compared.refetch()} />;
  if (!compared.data) return <Loading />;
  const { from, to, diff } = compared.data;
  return (
    <ContentDiffView
      diff={diff}
      old={from.content}
      current={to.content}
      oldName={names[0]}
      currentName={names[1]}
      mode={mode}
      onMode={onMode}
      productName={(product) => products.data?.products.find((each) => each.id === product)?.name ?? product}
    />
  );
}
