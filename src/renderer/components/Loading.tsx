import { Spin } from 'antd';
import { useTranslation } from 'react-i18next';

/** While a screen or its first data is under way. The delay keeps quick loads from flashing. */
export function Loading() {
  const { t } = useTranslation();
  return (
    <div
      role="status"
      aria-label={t('loading')}
      style={{ display: 'grid', placeItems: 'center', minHeight: 200 }}
    >
      <Spin delay={200} />
    </div>
  );
}
