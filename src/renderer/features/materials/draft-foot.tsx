import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import type { PrecheckFinding } from '../../../core/features/reviews/precheck/model.ts';
import { invoke } from '../../api/client.ts';
import { useErrorToast } from '../../components/use-error-toast.ts';
import { useShortcuts } from '../../components/shortcuts.ts';
import type { DraftKeeper, DraftState } from './draft/draft-keeper.ts';
import styles from './material.module.css';
import { SubmitDialog } from './submit-dialog.tsx';

/** What can be done with the draft as it stands: keep it as a version, or submit it. */
export function DraftFoot({
  material,
  keeper,
  state,
  findings,
}: {
  readonly material: ProcedureOutput<'materials.get'>;
  readonly keeper: DraftKeeper;
  readonly state: DraftState;
  readonly findings: readonly PrecheckFinding[];
}) {
  const { t } = useTranslation('materials');
  const { message } = App.useApp();
  const showError = useErrorToast();
  const [busy, setBusy] = useState(false);
  const [submitting, setSubmitting] = useState(false);

  async function saveVersion() {
    setBusy(true);
    try {
      const revision = await keeper.flush();
      if (revision === null) return;
      const { version, created } = await invoke('materials.saveVersion', {
        id: material.id,
        baseRevision: revision,
      });
      void message.info(t(created ? 'version.created' : 'version.unchanged', { number: version.number }));
    } catch (error) {
      showError(error);
    } finally {
      setBusy(false);
    }
  }
  useShortcuts([{ keys: 'mod+s', label: t('version.save'), run: () => void saveVersion() }]);
  const claimed = new Set(state.exemptions.map(({ findingKey }) => findingKey));
  const blocked = findings.filter((finding) => finding.level === 'block' && !claimed.has(finding.key)).length;
  return (
    <div className={styles['foot']}>
      {blocked > 0 && <span role="status">{t('submit.blocked', { count: blocked })}</span>}
      <Button loading={busy} onClick={() => void saveVersion()}>
        {t('version.save')}
      </Button>
      <Button type="primary" onClick={() => setSubmitting(true)}>
        {t('submit.open')}
      </Button>
      {submitting && (
        <SubmitDialog
          material={material}
          keeper={keeper}
          blocked={blocked}
          onClose={() => setSubmitting(false)}
        />
      )}
    </div>
  );
}
