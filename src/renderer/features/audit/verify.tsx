import { SafetyCertificateOutlined } from '@ant-design/icons';
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';

import { useMutate } from '../../api/hooks.ts';
import { useFormat } from '../../use-format.ts';
import styles from './audit.module.css';

/** The check of the whole log. It reads every event, so it runs only when it is asked for. */
export function useVerify() {
  return useMutate('audit.verify');
}

type Verify = ReturnType<typeof useVerify>;

const shown = 10;

export function VerifyButton({ verify }: { readonly verify: Verify }) {
  const { t } = useTranslation('audit');
  return (
    <Button icon={<SafetyCertificateOutlined />} loading={verify.isPending} onClick={() => verify.mutate({})}>
      {t('verify')}
    </Button>
  );
}

export function VerifyResult({ verify }: { readonly verify: Verify }) {
  const { t } = useTranslation('audit');
  const format = useFormat();
  const result = verify.data;
  if (!result) return null;
  return (
    <Alert
      role="status"
      type={result.ok ? 'success' : 'error'}
      showIcon
      closable={{ onClose: () => verify.reset(), 'aria-label': t('common:close') }}
      title={t(result.ok ? 'verifyGood' : 'verifyBad', { number: format.number(result.size) })}
      description={
        <>
          {result.problems.slice(0, shown).map(({ sequence, problem }) => (
            <p key={`${sequence}-${problem}`}>
              {sequence === null ? problem : t('verifyProblem', { sequence, problem })}
            </p>
          ))}
          {result.problems.length > shown && (
            <p>{t('verifyMore', { count: result.problems.length - shown })}</p>
          )}
          <p>
            {t('rootHash')} <span className={styles['hash']}>{result.rootHash}</span>
          </p>
        </>
      }
    />
  );
}
