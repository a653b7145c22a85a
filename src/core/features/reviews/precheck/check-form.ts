import type { CalendarDay } from '../../../contract/ids.ts';
import type { MaterialContent } from '../material/contract.ts';
import { type FieldGroup, fieldsByType, textOfBody } from '../material/model.ts';
import type { Draft } from './findings.ts';
import type { Subject } from './subject.ts';

const basis = '本行宣传材料审批要求';

/** Fields that have to be filled, days that have to be right, files that could not be read. */
export function checkForm(subject: Subject, today: CalendarDay): Draft[] {
  const { content, intended } = subject;
  return [
    ...(content === null ? [] : [...checkFields(content), ...checkValidity(content, today)]),
    ...(intended === null
      ? []
      : fieldsByType[intended].required.map((group) => field('field-to-fill', group))),
    ...subject.unread.map(({ part, name, reasons }): Draft => {
      return {
        // A picture has no text to read; whoever looks at it sees that.
        level: reasons.every((reason) => reason === 'no-text') ? 'note' : 'warn',
        rule: 'attachment-unread',
        subject: name,
        basis: '',
        part,
        start: 0,
        end: 0,
        text: '',
        params: { name, reason: reasons.join(',') },
      };
    }),
    ...subject.cut.map(({ part, name }): Draft => {
      return {
        level: 'warn',
        rule: 'text-cut',
        subject: name,
        basis: '',
        part,
        start: 0,
        end: 0,
        text: '',
        params: { name },
      };
    }),
  ];
}

function field(rule: 'field-missing' | 'validity-missing' | 'field-to-fill', name: string): Draft {
  return {
    level: rule === 'field-to-fill' ? 'note' : 'block',
    rule,
    subject: name,
    basis,
    part: name === 'title' || name === 'body' ? name : `fields.${name}`,
    start: 0,
    end: 0,
    text: '',
    params: { field: name },
  };
}

/** Types that are shown by their title. */
const titled: ReadonlySet<MaterialContent['type']> = new Set([
  'article',
  'product-page',
  'activity-page',
  'link-card',
  'mini-program-card',
]);

function checkFields(content: MaterialContent): Draft[] {
  const { fields, type } = content;
  const isFilled: Readonly<Record<FieldGroup, boolean>> = {
    channels: fields.channels.length > 0,
    audience: fields.audience.trim() !== '',
    product: (fields.productId !== null || fields.productName.trim() !== '') && fields.productType !== null,
    facts: fields.facts.length > 0,
    validity: fields.validFrom !== null && fields.validUntil !== null,
    landingUrl: fields.landingUrl.trim() !== '',
    sources: fields.sources.some(({ name }) => name.trim() !== ''),
    branch: fields.branch.trim() !== '',
    campaign: fields.campaign.trim() !== '',
  };
  const required: readonly FieldGroup[] = fieldsByType[type].required;
  const isEmpty =
    textOfBody(content.body).trim() === '' && content.attachments.length === 0 && !titled.has(type);
  return [
    ...(titled.has(type) && content.title.trim() === '' ? [field('field-missing', 'title')] : []),
    ...(isEmpty ? [field('field-missing', 'body')] : []),
    ...required
      .filter((group) => group !== 'validity' && !isFilled[group])
      .map((group) => field('field-missing', group)),
    ...(required.includes('validity') && fields.validFrom === null
      ? [field('validity-missing', 'validFrom')]
      : []),
    ...(required.includes('validity') && fields.validUntil === null
      ? [field('validity-missing', 'validUntil')]
      : []),
  ];
}

function checkValidity({ fields }: MaterialContent, today: CalendarDay): Draft[] {
  const { validFrom, validUntil } = fields;
  const at = (rule: 'validity-expired' | 'validity-reversed', params: Draft['params']): Draft => ({
    level: 'block',
    rule,
    subject: 'validUntil',
    basis,
    part: 'fields.validUntil',
    start: 0,
    end: 0,
    text: '',
    params,
  });
  if (validUntil === null) return [];
  return [
    ...(validFrom !== null && validFrom > validUntil
      ? [at('validity-reversed', { from: validFrom, until: validUntil })]
      : []),
    ...(validUntil < today ? [at('validity-expired', { until: validUntil, today })] : []),
  ];
}
