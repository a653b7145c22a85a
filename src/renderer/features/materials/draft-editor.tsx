import { Form, Input } from 'antd';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProcedureOutput } from '../../../core/contract/index.ts';
import type { MaterialContent } from '../../../core/features/reviews/material/contract.ts';
import { textOfBody } from '../../../core/features/reviews/material/model.ts';
import type { PrecheckFinding } from '../../../core/features/reviews/precheck/model.ts';
import { useCan, useProcedure } from '../../api/hooks.ts';
import { AttachmentsSection } from './attachments-section.tsx';
import { BodyEditor, type BodyEditorHandle } from './body-editor/body-editor.tsx';
import { ConflictDialog } from './conflict-dialog.tsx';
import { DraftFoot } from './draft-foot.tsx';
import { SaveStatus } from './draft/save-status.tsx';
import { useDraft } from './draft/use-draft.ts';
import { MaterialFieldsForm } from './fields/material-fields.tsx';
import { FindingsPanel } from './findings/findings-panel.tsx';
import { marksOf, problemsByPart } from './findings/marks-of-findings.ts';
import { usePrecheck } from './findings/use-precheck.ts';
import styles from './material.module.css';
import { VariantsBar } from './variants-bar.tsx';

type Material = ProcedureOutput<'materials.get'>;
type Draft = ProcedureOutput<'materials.draft'>;

/** Which text is edited: the master, or the variant of this position. */
export type EditedText = 'master' | number;

/** The draft as it is written, with what the pre-check says of it beside the text. */
export function DraftEditor({ material, draft }: { readonly material: Material; readonly draft: Draft }) {
  const { t } = useTranslation('materials');
  const can = useCan();
  const editable = can('materials:edit') && material.retired === null;
  const { keeper, state } = useDraft(draft);
  const { content, exemptions } = state;
  const [edited, setEdited] = useState<EditedText>('master');
  const [current, setCurrent] = useState<string | null>(null);
  const handle = useRef<BodyEditorHandle | null>(null);
  const precheck = usePrecheck(material.id, content);
  const products = useProcedure('products.list', { state: 'active', limit: 500 });
  const archive = useProcedure('archive.summary', {}, { enabled: can('archive:read') });

  const variant = edited === 'master' ? null : (content.variants[edited] ?? null);
  const shown = variant ?? content;
  const part = edited === 'master' || variant === null ? 'body' : `variants.${edited}.body`;
  const set = (change: Partial<MaterialContent>) =>
    keeper.change({ content: { ...keeper.getState().content, ...change } });
  const setText = (change: Partial<Pick<MaterialContent, 'title' | 'body'>>) => {
    if (variant === null) set(change);
    else {
      const now = keeper.getState().content;
      set({
        variants: now.variants.map((each, index) => (index === edited ? { ...each, ...change } : each)),
      });
    }
  };
  const marks = useMemo(
    () => marksOf(t, precheck.findings, part, current),
    [t, precheck.findings, part, current],
  );
  const markedText = useMemo(() => {
    const of = edited === 'master' ? precheck.content : precheck.content?.variants[edited];
    return of === undefined || of === null ? '' : textOfBody(of.body);
  }, [precheck.content, edited]);
  const problems = useMemo(() => problemsByPart(t, precheck.findings), [t, precheck.findings]);

  function goTo(finding: PrecheckFinding) {
    setCurrent(finding.key);
    const place = /^variants\.(\d+)\./.exec(finding.part);
    const target: EditedText = place === null ? 'master' : Number(place[1]);
    if (finding.part !== part && (finding.part === 'body' || place !== null)) setEdited(target);
    if (finding.part === part) handle.current?.reveal(finding.start, finding.end);
  }

  return (
    <div className={styles['editor']}>
      <section className={styles['writing']} aria-label={t('section.edit')}>
        <div className={styles['status']}>
          <SaveStatus state={state} editable={editable} onRetry={() => void keeper.flush()} />
          {state.restored && <p role="status">{t('save.restored')}</p>}
        </div>
        <VariantsBar
          materialId={material.id}
          content={content}
          edited={edited}
          editable={editable}
          onEdit={setEdited}
          onChange={(variants) => set({ variants })}
        />
        <Form layout="vertical" component="div">
          <Form.Item label={t('list.title')} htmlFor="material-title" required>
            <Input
              id="material-title"
              value={shown.title}
              maxLength={500}
              readOnly={!editable}
              onChange={(event) => setText({ title: event.target.value })}
            />
          </Form.Item>
        </Form>
        <BodyEditor
          // Another text, or the same one replaced by anything but typing.
          key={`${edited} ${state.generation}`}
          label={t('bodyLabel')}
          body={shown.body}
          editable={editable}
          marks={{ text: markedText, list: marks }}
          onChange={(body) => setText({ body: [...body] })}
          onMark={setCurrent}
          onReady={(ready) => {
            handle.current = ready;
          }}
        />
        {edited === 'master' && (
          <>
            <h2>{t('fieldsTitle')}</h2>
            <MaterialFieldsForm
              type={content.type}
              fields={content.fields}
              editable={editable}
              products={products.data?.products ?? []}
              branches={archive.data?.branches ?? []}
              problems={problems}
              onChange={(fields) => set({ fields })}
            />
            <AttachmentsSection
              materialId={material.id}
              attachments={content.attachments}
              editable={editable}
              onChange={(attachments) => set({ attachments })}
            />
          </>
        )}
      </section>
      <FindingsPanel
        findings={precheck.findings}
        checking={precheck.checking}
        error={precheck.error}
        current={current}
        exemptions={exemptions}
        editable={editable}
        onGoTo={goTo}
        onReplace={(finding, text) => {
          if (finding.part === part) handle.current?.replace(finding.start, finding.end, text);
        }}
        canReplace={(finding) => editable && finding.part === part}
        onExemptions={(claimed) => keeper.change({ exemptions: claimed })}
        onRetry={precheck.retry}
      />
      {editable && (
        <DraftFoot material={material} keeper={keeper} state={state} findings={precheck.findings} />
      )}
      {state.save.kind === 'conflict' && (
        <ConflictDialog
          base={state.base}
          mine={{ content, exemptions }}
          theirs={state.save.theirs}
          onResolve={keeper.resolve}
        />
      )}
    </div>
  );
}
