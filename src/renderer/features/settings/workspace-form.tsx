import { App, Button, Form, Input, InputNumber, Select } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

import { useCan, useMutate, useProcedure } from '../../api/hooks.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { ErrorState } from '../../components/ErrorState.tsx';
import { Loading } from '../../components/Loading.tsx';
import type { Settings } from '../../../core/features/settings/contract.ts';

/** Bounds of the contract (settings/contract.ts). */
const idleLock = { least: 1, most: 240 } as const;

/** At least two labels, nothing else: what the application takes for a domain (settings/service.ts says the rest). */
const domainName = /^[\p{L}\p{N}_-]{1,63}(?:\.[\p{L}\p{N}_-]{1,63})+$/u;

/** The workspace's own settings; for those who may not change them, what they are. */
export function WorkspaceForm() {
  const { t } = useTranslation('settings');
  const { message } = App.useApp();
  const can = useCan();
  const settings = useProcedure('settings.get', {});
  const update = useMutate('settings.update', { toast: false });
  const [form] = Form.useForm<Settings>();
  const { data } = settings;
  useEffect(() => {
    // Values that somebody else saved take the place of what stands here.
    if (data) form.setFieldsValue(data);
  }, [form, data]);

  if (settings.error && !settings.data) {
    return <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />;
  }
  if (!settings.data) return <Loading />;
  const manages = can('settings:manage');
  const timeZones = new Set([settings.data.timeZone, 'Asia/Shanghai', ...Intl.supportedValuesOf('timeZone')]);

  return (
    <Form<Settings>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={settings.data}
      disabled={!manages || update.isPending}
      onFinish={(values) =>
        update.mutate(values, { onSuccess: () => void message.success(t('workspace.saved')) })
      }
    >
      <Form.Item
        name="workspaceTitle"
        label={t('workspace.name')}
        rules={[{ required: true, whitespace: true, message: t('session:password.required') }, { max: 200 }]}
      >
        <Input />
      </Form.Item>
      <Form.Item name="timeZone" label={t('workspace.timeZone')} extra={t('workspace.timeZoneHint')}>
        <Select showSearch options={[...timeZones].map((zone) => ({ value: zone, label: zone }))} />
      </Form.Item>
      <Form.Item
        name="idleLockMinutes"
        label={t('workspace.idleLock')}
        extra={t('workspace.idleLockHint')}
        rules={[{ required: true, message: t('session:password.required') }]}
      >
        <InputNumber min={idleLock.least} max={idleLock.most} precision={0} suffix={t('workspace.minutes')} />
      </Form.Item>
      <Form.Item
        name="allowedDomains"
        label={t('workspace.allowedDomains')}
        extra={t('workspace.allowedDomainsHint')}
        rules={[
          {
            validator: (_rule, domains: readonly string[] | undefined) => {
              const wrong = domains?.find((domain) => !domainName.test(domain.trim()));
              return wrong === undefined
                ? Promise.resolve()
                : Promise.reject(new Error(t('workspace.notADomain', { domain: wrong })));
            },
          },
        ]}
      >
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', '，', ' ', ';', '；']} />
      </Form.Item>
      {update.isError && (
        <Form.Item>
          <ErrorAlert error={update.error} />
        </Form.Item>
      )}
      {manages && (
        <Button type="primary" htmlType="submit" loading={update.isPending}>
          {t('common:save')}
        </Button>
      )}
    </Form>
  );
}
