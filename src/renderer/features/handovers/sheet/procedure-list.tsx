import { WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { HandoverId } from '../../../../core/contract/ids.ts';
import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import { procedureSentence, procedureTitle } from '../../../../core/features/handovers/sheet/model.ts';
import { SideDialog } from '../../../components/Dialog.tsx';
import { usePreferences } from '../../../preferences.ts';
import { useFormat } from '../../../use-format.ts';
import { EvidenceList } from '../evidence/evidence-list.tsx';
import { nameOf } from '../names.ts';
import styles from './sheet.module.css';

type Sheet = ProcedureOutput<'handovers.sheet'>;

/** Rules of procedure that were broken: their titles in one line, and in a drawer what is meant and what it rests on. */
export function ProcedureList({ id, sheet }: { readonly id: HandoverId; readonly sheet: Sheet }) {
  const { t } = useTranslation('handovers');
  const format = useFormat();
  const { language } = usePreferences();
  const [open, setOpen] = useState(false);
  const { findings } = sheet;
  if (findings.length === 0) return null;
  const titles = new Set(findings.map(({ kind }) => procedureTitle(kind, language)));
  return (
    <>
      <Button type="link" size="small" icon={<WarningOutlined />} onClick={() => setOpen(true)}>
        {t('sheet.procedure', {
          count: findings.length,
          number: format.number(findings.length),
          titles: [...titles].join(t('common:listSeparator')),
        })}
      </Button>
      {open && (
        <SideDialog title={t('sheet.procedureTitle')} size={520} onClose={() => setOpen(false)}>
          <ul className={styles['procedure']}>
            {findings.map((finding) => (
              <li key={finding.key}>
                <h3>{procedureTitle(finding.kind, language)}</h3>
                <p>
                  {procedureSentence({ ...finding, values: namedValues(finding.values, sheet) }, language)}
                </p>
                <EvidenceList
                  handoverId={id}
                  evidence={finding.evidence.filter((piece) => piece.type === 'fact')}
                  names={sheet.names}
                  total={finding.evidenceCount}
                />
              </li>
            ))}
          </ul>
        </SideDialog>
      )}
    </>
  );
}

/** The values with people's names in place of their userids. */
function namedValues(values: Sheet['findings'][number]['values'], { names }: Sheet): typeof values {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      (key === 'employee' || key === 'customer') && typeof value === 'string' ? nameOf(names, value) : value,
    ]),
  );
}
