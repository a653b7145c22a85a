import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Form } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

import type { CalendarDay, UserId } from '../../../core/contract/ids.ts';
import type { ProcedureOutput } from '../../../core/contract/index.ts';
import { useMutate } from '../../api/hooks.ts';
import { DayInput } from '../../components/DayInput.tsx';
import { SideDialog } from '../../components/Dialog.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { GrowingText } from '../../components/GrowingText.tsx';
import { Overtaken } from '../../components/Overtaken.tsx';
import { AccountSelect } from './account-select.tsx';
import { EmployeeSelect } from './employee-select.tsx';
import styles from './handovers.module.css';
import { employeeName, employeeWithBranch } from './names.ts';
import { useWords } from './use-words.ts';

type Handover = ProcedureOutput<'handovers.get'>;

/** What the form begins with: nothing, what the data suggest, or a handover to change. */
export interface HandoverDraft {
  readonly suggestion?: ProcedureOutput<'handovers.suggestions'>[number];
  readonly handover?: Handover;
}

interface TakerDraft {
  /** Rows have no name of their own until somebody is chosen. */
  readonly key: number;
  readonly taker: string | null;
  readonly knownAs: string;
  readonly userId: UserId | null;
}

interface Fields {
  readonly leaver: string | null;
  readonly leaverUser: UserId | null;
  readonly takers: readonly TakerDraft[];
  readonly supervisorUser: UserId | null;
  readonly lastDay: CalendarDay | null;
  readonly openingDay: CalendarDay | null;
  readonly reason: string;
}

const mostTakers = 50;

function fieldsOf({ suggestion, handover }: HandoverDraft): Fields {
  const blank: TakerDraft = { key: 0, taker: null, knownAs: '', userId: null };
  if (handover !== undefined) {
    const takers = handover.takers.map(({ employee, user }, key): TakerDraft => ({
      key,
      taker: employee.userid,
      knownAs: employeeWithBranch(employee),
      userId: user?.userId ?? null,
    }));
    return {
      leaver: handover.leaver.userid,
      leaverUser: handover.leaverUser?.userId ?? null,
      takers: takers.length === 0 ? [blank] : takers,
      supervisorUser: handover.supervisor?.userId ?? null,
      lastDay: handover.lastDay,
      openingDay: handover.openingDay,
      reason: handover.reason,
    };
  }
  const named = (suggestion?.takers ?? []).map((taker, key): TakerDraft => ({
    ...blank,
    key,
    taker,
    knownAs: taker,
  }));
  return {
    leaver: suggestion?.leaver.userid ?? null,
    leaverUser: null,
    takers: named.length === 0 ? [blank] : named,
    supervisorUser: null,
    lastDay: suggestion?.lastDay ?? null,
    openingDay: null,
    reason: suggestion?.reason ?? '',
  };
}

/** Opens a handover, or changes who takes over, who watches, and when. */
export function HandoverDialog({
  draft,
  onClose,
}: {
  readonly draft: HandoverDraft;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('handovers');
  const words = useWords();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const id = useId();
  const { handover, suggestion } = draft;
  const [fields, setFields] = useState(() => fieldsOf(draft));
  // What the form began from: the handover itself is refreshed below it as soon as somebody else saves.
  const [seen, setSeen] = useState(handover?.revision ?? 0);
  const [asked, setAsked] = useState(false);
  const opening = useMutate('handovers.open', { toast: false });
  const updating = useMutate('handovers.update', { toast: false });
  const set = (change: Partial<Fields>) => setFields({ ...fields, ...change });
  const setTaker = (key: number, change: Partial<TakerDraft>) =>
    set({ takers: fields.takers.map((each) => (each.key === key ? { ...each, ...change } : each)) });

  const named = fields.takers.filter(({ taker }) => taker !== null);
  const reversed =
    fields.openingDay !== null && fields.lastDay !== null && fields.openingDay > fields.lastDay;
  const twice = (each: TakerDraft) =>
    each.taker !== null && fields.takers.some(({ key, taker }) => key < each.key && taker === each.taker);
  const selfTaker = (each: TakerDraft) => each.taker !== null && each.taker === fields.leaver;
  const watchesSelf =
    fields.supervisorUser !== null &&
    (fields.supervisorUser === fields.leaverUser ||
      named.some(({ userId }) => userId === fields.supervisorUser));
  const wrong =
    fields.leaver === null ||
    fields.lastDay === null ||
    reversed ||
    watchesSelf ||
    fields.takers.some((each) => twice(each) || selfTaker(each));
  const problem = (text: string | null, always = false) =>
    text !== null && (asked || always) ? { validateStatus: 'error' as const, help: text } : {};

  function submit(revision: number): void {
    setAsked(true);
    const { leaver, lastDay, leaverUser, supervisorUser, openingDay } = fields;
    if (wrong || leaver === null || lastDay === null) return;
    const change = {
      leaverUser,
      takers: named.flatMap(({ taker, userId }) => (taker === null ? [] : [{ taker, userId }])),
      supervisorUser,
      lastDay,
      openingDay,
      reason: fields.reason.trim(),
    };
    if (handover === undefined) {
      opening.mutate(
        { leaver, ...change },
        { onSuccess: ({ id: opened }) => void navigate(`/handovers/${opened}`) },
      );
    } else {
      updating.mutate(
        { id: handover.id, revision, change },
        {
          onSuccess: () => {
            void message.success(t('open.saved'));
            onClose();
          },
        },
      );
    }
  }

  return (
    <SideDialog
      title={t(handover === undefined ? 'open.title' : 'open.editTitle')}
      size={640}
      onClose={onClose}
      footer={
        <div className={styles['dialogFoot']}>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button
            type="primary"
            loading={opening.isPending || updating.isPending}
            onClick={() => submit(seen)}
          >
            {t(handover === undefined ? 'open.ok' : 'common:save')}
          </Button>
        </div>
      }
    >
      <Form layout="vertical" component="div">
        <div className={styles['pair']}>
          <Form.Item
            label={words.role.leaver}
            htmlFor={`${id}-leaver`}
            required
            {...problem(fields.leaver === null ? t('needed') : null)}
          >
            <EmployeeSelect
              id={`${id}-leaver`}
              value={fields.leaver}
              knownAs={employeeWithBranch(handover?.leaver ?? suggestion?.leaver ?? { userid: '', name: '' })}
              disabled={handover !== undefined}
              onChange={(leaver) => set({ leaver })}
            />
          </Form.Item>
          <Form.Item
            label={t('open.accountOf', { party: words.role.leaver })}
            htmlFor={`${id}-leaver-account`}
            extra={t('open.leaverAccountHint')}
          >
            <AccountSelect
              id={`${id}-leaver-account`}
              value={fields.leaverUser}
              knownAs={handover?.leaverUser?.displayName ?? ''}
              onChange={(leaverUser) => set({ leaverUser })}
            />
          </Form.Item>
          <Form.Item
            label={t('open.lastDay')}
            htmlFor={`${id}-last`}
            required
            {...problem(fields.lastDay === null ? t('needed') : null)}
          >
            <DayInput
              id={`${id}-last`}
              value={fields.lastDay}
              editable
              onChange={(lastDay) => set({ lastDay })}
            />
          </Form.Item>
          <Form.Item
            label={t('open.openingDay')}
            htmlFor={`${id}-opening`}
            extra={t('open.openingDayHint')}
            {...problem(reversed ? t('open.reversed') : null, true)}
          >
            <DayInput
              id={`${id}-opening`}
              value={fields.openingDay}
              editable
              onChange={(openingDay) => set({ openingDay })}
            />
          </Form.Item>
        </div>
        <fieldset className={styles['takers']}>
          <legend>{words.role.taker}</legend>
          <p className={styles['quiet']}>{t('open.takersHint')}</p>
          {fields.takers.map((each, index) => {
            const own = t('open.takerNumber', { number: index + 1 });
            const fault = twice(each) ? t('open.twice') : selfTaker(each) ? t('open.selfTaker') : null;
            return (
              <div key={each.key} className={styles['taker']}>
                <EmployeeSelect
                  label={own}
                  value={each.taker}
                  without={fields.leaver}
                  knownAs={each.knownAs}
                  {...(fault === null ? {} : { status: 'error' as const })}
                  onChange={(taker) => setTaker(each.key, { taker })}
                />
                <AccountSelect
                  label={t('open.accountOfTaker', { number: index + 1 })}
                  value={each.userId}
                  knownAs={
                    handover?.takers.find(({ user }) => user?.userId === each.userId)?.user?.displayName ?? ''
                  }
                  onChange={(userId) => setTaker(each.key, { userId })}
                />
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t('open.removeTaker', { number: index + 1 })}
                  onClick={() => set({ takers: fields.takers.filter(({ key }) => key !== each.key) })}
                />
                {fault !== null && (
                  <p className={styles['fault']} role="alert">
                    {fault}
                  </p>
                )}
              </div>
            );
          })}
          {fields.takers.length < mostTakers && (
            <Button
              size="small"
              icon={<PlusOutlined />}
              onClick={() =>
                set({
                  takers: [
                    ...fields.takers,
                    {
                      key: Math.max(-1, ...fields.takers.map(({ key }) => key)) + 1,
                      taker: null,
                      knownAs: '',
                      userId: null,
                    },
                  ],
                })
              }
            >
              {t('open.addTaker')}
            </Button>
          )}
        </fieldset>
        <Form.Item
          label={words.role.supervisor}
          htmlFor={`${id}-supervisor`}
          extra={t('open.supervisorHint')}
          {...problem(watchesSelf ? t('open.watchesSelf') : null, true)}
        >
          <AccountSelect
            id={`${id}-supervisor`}
            placeholder={t('open.chooseAccount')}
            value={fields.supervisorUser}
            knownAs={handover?.supervisor?.displayName ?? ''}
            onChange={(supervisorUser) => set({ supervisorUser })}
          />
        </Form.Item>
        <Form.Item label={t('reason')} htmlFor={`${id}-reason`}>
          <GrowingText
            id={`${id}-reason`}
            value={fields.reason}
            maxLength={2_000}
            onChange={(event) => set({ reason: event.target.value })}
          />
        </Form.Item>
        {updating.error?.code === 'conflict' && handover !== undefined ? (
          <Overtaken
            what={t('of', { name: employeeName(handover.leaver) })}
            at={handover.updatedAt}
            pending={updating.isPending}
            onOverwrite={() => submit(handover.revision)}
            onTake={() => {
              setFields(fieldsOf({ handover }));
              setSeen(handover.revision);
              updating.reset();
            }}
          />
        ) : (
          <ErrorAlert error={opening.error ?? updating.error} />
        )}
      </Form>
    </SideDialog>
  );
}
