import { CheckOutlined, WarningOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../../core/contract/index.ts';
import { procedureTitle } from '../../../../core/features/handovers/sheet/model.ts';
import { SideDialog } from '../../../components/Dialog.tsx';
import { usePreferences } from '../../../preferences.ts';
import { useFormat } from '../../../use-format.ts';
import { FindingCards } from '../findings/finding-cards.tsx';

type Sheet = ProcedureOutput<'handovers.sheet'>;

/** Rules of procedure that were broken: their titles in one line, and in a drawer what is meant and what it rests on. */
export function ProcedureList({
  handover,
  sheet,
}: {
  readonly handover: ProcedureOutput<'handovers.get'>;
  readonly sheet: Sheet;
}) {
  const { t } = useTranslation('handovers');
  const format = useFormat();
  const { language } = usePreferences();
  const [open, setOpen] = useState(false);
  const { findings, names } = sheet;
  if (findings.length === 0) return null;
  const standing = findings.filter(({ dismissed }) => dismissed === null);
  const titles = new Set(standing.map(({ kind }) => procedureTitle(kind, language)));
  return (
    <>
      <Button
        type="link"
        size="small"
        icon={standing.length === 0 ? <CheckOutlined /> : <WarningOutlined />}
        onClick={() => setOpen(true)}
      >
        {standing.length === 0
          ? t('sheet.procedureDismissed', {
              count: findings.length,
              number: format.number(findings.length),
            })
          : t('sheet.procedure', {
              count: standing.length,
              number: format.number(standing.length),
              titles: [...titles].join(t('common:listSeparator')),
            })}
      </Button>
      {open && (
        <SideDialog title={t('findings.procedure')} size={520} onClose={() => setOpen(false)}>
          <FindingCards handover={handover} about="procedure" findings={findings} names={names} />
        </SideDialog>
      )}
    </>
  );
}
