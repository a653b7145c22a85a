import type { DemoPerson } from '../hands.ts';
import type { Act, TimedAct } from './acts.ts';
import type { DemoItem } from './items.ts';
import { attachedFiles, remarks } from './remarks.ts';

/** What a story is told of. */
export type Subject = Pick<DemoItem, 'number' | 'text' | 'fate' | 'turn' | 'branch' | 'template'>;

/** Its reviewer was away: somebody else decided in that person's place. */
const delegatedItem = 8;
/** The branch that has a reviewer of its own among the demo's accounts. */
const staffedBranch = '城东支行';

/** What happens to a material, from its first draft to where its fate has it. */
export function actsOf(subject: Subject): readonly TimedAct[] {
  return story(subject).map((act, index) => ({ act, after: pauseBefore(act, subject.number + index) }));
}

/** Working hours: drafting is quick, reviewing takes some hours, no two alike. */
function pauseBefore(act: Act, salt: number): number {
  const some = ((salt * 29) % 20) / 20;
  switch (act.do) {
    case 'materials.create':
      return 0;
    case 'materials.saveDraft':
    case 'materials.attach':
    case 'claim':
      return 0.2 + some / 2;
    case 'materials.saveVersion':
      return 0.1 + some / 4;
    case 'reviews.submit':
      return 0.02 + some / 20;
    case 'reviews.comment':
    case 'reviews.reply':
    case 'reviews.acceptSuggestion':
    case 'reviews.resolveThread':
    case 'reviews.acceptExemption':
      return 0.3 + some / 2;
    case 'reviews.reassign':
    case 'reviews.decide':
    case 'reviews.tickCondition':
    case 'reviews.cancel':
      return 0.8 + some * 2;
    case 'approvals.recordUse':
      return 2 + some * 4;
    case 'approvals.withdraw':
      return 30;
    case 'materials.retire':
      return 420;
  }
}

function story(subject: Subject): readonly Act[] {
  const { text, fate } = subject;
  const editor = editorOf(subject);
  const drafted = draftOf(subject);
  const submitted = [...drafted, ...submission(editor, '送审')];
  const stages = stagesOf(subject);
  const [first = []] = stages;
  const allButLast = stages.slice(0, -1).flat();
  const last = stages.at(-1) ?? [];
  switch (fate) {
    case 'draft':
    case 'draft-blocked':
      return drafted;
    case 'cancelled':
      return [...submitted, { do: 'reviews.cancel', by: editor, reason: '流程还要与零售条线核对，先撤回。' }];
    case 'in-branch':
    case 'overdue':
      return [...submitted, ...reassignment(subject)];
    case 'in-compliance':
      return [...submitted, ...remarked(subject, 'reviewer'), ...(stages.length > 2 ? first : [])];
    case 'in-legal':
      return [...submitted, ...remarked(subject, 'reviewer'), ...allButLast];
    case 'returned':
      return [
        ...submitted,
        ...reassignment(subject),
        ...remarked(subject, firstReviewer(subject)),
        decision(firstReviewer(subject), 'return', {
          reasonCodes: ['wording', 'facts'],
          note: '请按批注修改后重新送审。',
        }),
      ];
    case 'rejected':
      return [
        ...submitted,
        ...remarked(subject, 'reviewer'),
        ...(subject.template === 'high-risk' ? first : []),
        decision(subject.template === 'high-risk' ? 'reviewer' : firstReviewer(subject), 'reject', {
          reasonCodes: ['out-of-scope', 'wording'],
          note: '不符合营销宣传要求，不予发布。',
        }),
      ];
    case 'stale':
      return subject.template === 'general'
        ? [
            ...submitted,
            ...remarked(subject, 'reviewer'),
            ...stages.flat(),
            ...revised(editor, text.revision.slice(0, 1), '措辞调整'),
            ...allButLast,
            ...revised(otherEditor(editor), text.revision.slice(1), '补充提示'),
          ]
        : [
            ...submitted,
            ...remarked(subject, 'reviewer'),
            ...allButLast,
            ...revised(otherEditor(editor), text.revision, '更正数据'),
          ];
    case 'approved':
      return approved(subject, submitted, stages);
    case 'approved-with-conditions':
      return [
        ...submitted,
        ...allButLast,
        ...last.map((act): Act =>
          act.do === 'reviews.decide'
            ? {
                ...act,
                decision: 'approve-with-conditions',
                conditions: ['上线前补充立减券总份数的公示。', '活动页加上客服热线。'],
              }
            : act,
        ),
        { do: 'reviews.tickCondition', by: 'reviewer', note: '总份数已公示。' },
      ];
    case 'approved-with-exemption':
      return [
        ...drafted,
        {
          do: 'claim',
          by: editor,
          code: 'provable-scope',
          reason: '范围限于本行近五年，依据为年度服务报告第3章，可供查证，不涉及同业。',
        },
        ...submission(editor, '送审，含豁免说明'),
        ...stages
          .flat()
          .flatMap((act): readonly Act[] =>
            act.do === 'reviews.decide'
              ? [{ do: 'reviews.acceptExemption', by: act.by, note: '时间和范围写明，依据已核对。' }, act]
              : [act],
          ),
      ];
    case 'expired':
      return [...submitted, ...stages.flat(), ...uses(subject, editor)];
    case 'recalled':
      return [
        ...submitted,
        ...stages.flat(),
        ...uses(subject, editor),
        { do: 'approvals.withdraw', by: 'approver', reason: '活动规则调整，已发布的内容须全部下架。' },
      ];
    case 'retired':
      return [
        ...submitted,
        ...stages.flat(),
        { do: 'materials.retire', by: editor, reason: '早报已过期，不再使用。' },
      ];
  }
}

/** Approvals that went smoothly, and some that did not: a suggestion taken up, a condition, a reviewer who was away. */
function approved(
  subject: Subject,
  submitted: readonly Act[],
  stages: readonly (readonly Act[])[],
): readonly Act[] {
  const editor = editorOf(subject);
  const use = subject.number % 2 === 0 ? uses(subject, editor) : [];
  const [remark] = remarks[subject.text.title] ?? [];
  if (subject.number === delegatedItem) {
    return [
      ...submitted,
      decision('legal', 'approve', { onBehalfOf: 'reviewer', note: '代沈知微审核。' }),
      decision('approver', 'approve'),
      ...use,
    ];
  }
  if (subject.template === 'general' && subject.number % 3 === 0 && remark?.suggestion !== undefined) {
    return [
      ...submitted,
      { do: 'reviews.comment', by: 'reviewer', remark },
      { do: 'reviews.acceptSuggestion', by: editor },
      ...submission(editor, '采纳修改建议'),
      { do: 'reviews.resolveThread', by: 'reviewer' },
      ...stages.flat(),
      ...use,
    ];
  }
  if (subject.number % 7 === 3) {
    const acts = stages.flat();
    const index = acts.findLastIndex((act) => act.do === 'reviews.decide');
    return [
      ...submitted,
      ...acts.map((act, at): Act =>
        at === index && act.do === 'reviews.decide'
          ? { ...act, decision: 'approve-with-conditions', conditions: ['发布时使用行内统一版式。'] }
          : act,
      ),
      { do: 'reviews.tickCondition', by: 'brand', note: '版式已核对。' },
      ...use,
    ];
  }
  return [...submitted, ...stages.flat(), ...use];
}

/** The decisions that approve it, stage by stage (resources/workflow-templates.json). */
function stagesOf(subject: Subject): readonly (readonly Act[])[] {
  const approve = (by: DemoPerson) => decision(by, 'approve');
  const approver: DemoPerson = subject.number % 3 === 1 ? 'legal' : 'approver';
  switch (subject.template) {
    case 'general':
      return [[approve('reviewer')], [approve(approver)]];
    case 'product': {
      const first = firstReviewer(subject);
      return [
        [...reassignment(subject), approve(first)],
        // Somebody else than in the stage before: the template demands it.
        [approve('reviewer'), approve(first === 'branch' ? 'brand' : 'branch')],
        [approve(approver)],
      ];
    }
    case 'high-risk':
      return [
        [
          comment('reviewer', '已阅，注意话术与产品实际相符。'),
          comment('branch', '无意见。'),
          comment('brand', '无品牌问题。'),
        ],
        [approve('reviewer'), approve('branch')],
        [approve('approver'), approve('legal')],
      ];
  }
}

/** Who has the first word. */
function firstReviewer({ template, branch }: Subject): DemoPerson {
  if (template !== 'product') return 'reviewer';
  return branch === staffedBranch ? 'branch' : 'brand';
}

/** A branch without a reviewer of its own: an administrator asks head office, except where nobody noticed yet. */
function reassignment({ template, branch, fate }: Subject): readonly Act[] {
  if (template !== 'product' || branch === '' || branch === staffedBranch || fate === 'in-branch') return [];
  return [{ do: 'reviews.reassign', to: 'brand', reason: `${branch}暂无审核岗，由总行代为初审。` }];
}

const editorOf = ({ number }: Subject): DemoPerson => (number % 3 === 2 ? 'editor2' : 'editor');
const otherEditor = (editor: DemoPerson): DemoPerson => (editor === 'editor' ? 'editor2' : 'editor');

function draftOf(subject: Subject): readonly Act[] {
  const editor = editorOf(subject);
  const file = attachedFiles[subject.text.title];
  return [
    { do: 'materials.create', by: editor },
    ...(file === undefined ? [] : [{ do: 'materials.attach' as const, by: editor, ...file }]),
  ];
}

function submission(by: DemoPerson, note: string): readonly Act[] {
  return [
    { do: 'materials.saveVersion', by, note },
    { do: 'reviews.submit', by },
  ];
}

function revised(
  by: DemoPerson,
  replace: readonly (readonly [from: string, to: string])[],
  note: string,
): readonly Act[] {
  return [{ do: 'materials.saveDraft', by, replace }, ...submission(by, note)];
}

function remarked(subject: Subject, by: DemoPerson): readonly Act[] {
  const said = remarks[subject.text.title] ?? [];
  return said.flatMap((remark): readonly Act[] => [
    { do: 'reviews.comment', by, remark },
    ...(remark.reply === undefined
      ? []
      : [{ do: 'reviews.reply' as const, by: editorOf(subject), text: remark.reply }]),
  ]);
}

function uses({ text, branch }: Subject, by: DemoPerson): readonly Act[] {
  return text.channels.slice(0, 2).map((channel) => ({
    do: 'approvals.recordUse',
    by,
    channel,
    place: branch === '' ? '总行官方账号' : `${branch}客户群`,
  }));
}

function decision(
  by: DemoPerson,
  kind: Extract<Act, { do: 'reviews.decide' }>['decision'],
  more: Partial<Extract<Act, { do: 'reviews.decide' }>> = {},
): Act {
  return { ...more, do: 'reviews.decide', by, decision: kind };
}

const comment = (by: DemoPerson, note: string): Act => decision(by, 'comment', { note });
