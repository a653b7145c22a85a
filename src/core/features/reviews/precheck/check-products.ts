import type { CalendarDay } from '../../../contract/ids.ts';
import type { Mention, MentionFinder, RegisteredProduct } from '../../products/index.ts';
import { saleState } from '../../products/model.ts';
import type { Draft } from './findings.ts';
import type { Subject, SubjectText } from './subject.ts';

const basis = '银监发〔2016〕24号；本行产品目录';

/** The product of the register that a material is about, or null. */
export function ownProduct(
  subject: Subject,
  products: readonly RegisteredProduct[],
  mentions: MentionFinder,
): RegisteredProduct | null {
  const { id, name } = subject.product;
  if (id !== null) return products.find((product) => product.id === id) ?? null;
  const match = name === '' ? null : mentions.matchName(name);
  return match?.exact === true ? (products.find((product) => product.id === match.id) ?? null) : null;
}

/** The material's product itself: whether it is known, called as it should be, and sold. */
export function checkOwnProduct(
  subject: Subject,
  own: RegisteredProduct | null,
  mentions: MentionFinder,
  today: CalendarDay,
): Draft[] {
  const { id, name } = subject.product;
  const place = { part: 'fields.productName', start: 0, end: name.length, text: name };
  const drafts: Draft[] = [];
  if (own === null && (id !== null || name !== '')) {
    const near = name === '' ? null : mentions.matchName(name);
    drafts.push(
      near === null
        ? {
            level: 'warn',
            rule: 'product-unknown',
            subject: name,
            basis,
            ...place,
            params: { product: name },
          }
        : nameDraft(near, place),
    );
  }
  if (own === null) return drafts;
  const match = name === '' ? null : mentions.matchName(name);
  if (name !== '' && (match?.exact !== true || match.id !== own.id))
    drafts.push({
      level: 'block',
      rule: 'product-name-differs',
      subject: own.name,
      basis,
      ...place,
      params: { written: name, product: own.name },
      suggestion: own.name,
    });
  return [...drafts, ...checkSale(subject, own, place, today)];
}

type Place = Pick<Draft, 'part' | 'start' | 'end' | 'text'>;

function nameDraft({ name }: Mention, place: Place): Draft {
  return {
    level: 'block',
    rule: 'product-name-differs',
    subject: name,
    basis,
    ...place,
    params: { written: place.text, product: name },
    suggestion: name,
  };
}

function checkSale(subject: Subject, own: RegisteredProduct, place: Place, today: CalendarDay): Draft[] {
  const from = own.onSaleFrom ?? '';
  const until = own.onSaleUntil ?? '';
  const params = { product: own.name, from, until };
  const about = { subject: own.name, basis, ...place, params };
  switch (saleState(own, today)) {
    case 'retired':
    case 'ended':
      return [{ level: 'block', rule: 'product-expired', ...about }];
    case 'not-yet': {
      // Prepared in advance is no fault where the material begins with the sale.
      const begins = subject.validFrom ?? today;
      return begins < from ? [{ level: 'warn', rule: 'product-not-yet', ...about }] : [];
    }
    case 'on-sale': {
      const { validUntil } = subject;
      return own.onSaleUntil !== null && validUntil !== null && validUntil > own.onSaleUntil
        ? [
            {
              level: 'warn',
              rule: 'validity-outside-sale',
              subject: own.name,
              basis,
              part: 'fields.validUntil',
              start: 0,
              end: 0,
              text: '',
              params: { ...params, validUntil },
            },
          ]
        : [];
    }
  }
}

/** Products that a text names: not quite as they are called, or no longer sold. */
export function checkMentions(
  { part, text }: SubjectText,
  found: readonly Mention[],
  own: RegisteredProduct | null,
  byId: ReadonlyMap<string, RegisteredProduct>,
  today: CalendarDay,
): Draft[] {
  return found.flatMap((mention): Draft[] => {
    const { start, end } = mention;
    const place = { part, start, end, text: text.slice(start, end) };
    if (!mention.exact) return [nameDraft(mention, place)];
    const product = byId.get(mention.id);
    // The material's own was looked at by its field.
    if (product === undefined || product.id === own?.id) return [];
    const state = saleState(product, today);
    if (state === 'on-sale') return [];
    return [
      {
        level: 'warn',
        rule: state === 'not-yet' ? 'product-not-yet' : 'product-expired',
        subject: product.name,
        basis,
        ...place,
        params: { product: product.name, from: product.onSaleFrom ?? '', until: product.onSaleUntil ?? '' },
      },
    ];
  });
}
