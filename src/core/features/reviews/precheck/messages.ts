import type { PrecheckFinding } from './model.ts';

// The command line's sentences. The screens have the same ones in both languages, in precheck.json.

/** What a finding says, in English, with what to do next. */
export function sentenceOf({
  rule,
  params,
  text,
}: Pick<PrecheckFinding, 'rule' | 'params' | 'text'>): string {
  const value = (name: string) => params[name] ?? '';
  switch (rule) {
    case 'lexicon':
      return `"${text}" is listed as "${value('entry')}" (${value('category')}, ${value('lexicon')}). Rewrite or remove it.`;
    case 'disclosure-missing':
      return `A required disclosure is missing. Add it: ${value('disclosure')}`;
    case 'disclosure-unseen':
      return `A required disclosure is not in the text that can be read. Check that the pictures show it, or add it: ${value('disclosure')}`;
    case 'fact-differs':
      return `${value('label')} of ${value('product')} is ${value('expected')} on the sheet, but ${value('written')} here. Correct the text or the sheet.`;
    case 'fact-partial':
      return `${value('label')} of ${value('product')} is ${value('expected')} on the sheet; ${value('written')} is only part of it. Give all of it.`;
    case 'fact-not-on-sheet':
      return `The sheet of ${value('product')} has no ${value('label')}. Add it to the register or remove it.`;
    case 'product-name-differs':
      return `"${value('written')}" is not quite the registered name ${value('product')}. Write the registered name.`;
    case 'product-unknown':
      return `${value('product')} is not in the register of products. Choose a registered product, or have it added.`;
    case 'product-not-yet':
      return `${value('product')} is sold from ${value('from')} on. Begin later, or check the register.`;
    case 'product-expired':
      return `${value('product')} is no longer sold. Advertise another product, or check the register.`;
    case 'validity-outside-sale':
      return `The material is valid until ${value('validUntil')}, but ${value('product')} is sold until ${value('until')} only. End it earlier.`;
    case 'link-not-allowed':
      return `The address ${value('address')} is not on the list of allowed domains. Remove it, or have its domain added.`;
    case 'link-unchecked':
      return `The address ${value('address')} could not be checked: there is no list of allowed domains. Set one up, or check it by hand.`;
    case 'link-look-alike':
      return `The address ${value('address')} passes for an allowed domain, but is another. Remove it.`;
    case 'link-refused':
      return `The address ${value('address')} opens no web page. Use one that begins with https://.`;
    case 'link-unreadable':
      return `The address ${value('address')} can't be read. Check it by hand.`;
    case 'qr-link-not-allowed':
      return `A code leads to ${value('address')}, which is not on the list of allowed domains. Replace the code, or have its domain added.`;
    case 'validity-expired':
      return `The validity ended on ${value('until')}. Extend it, or do not publish.`;
    case 'validity-missing':
      return `The day ${value('field') === 'validFrom' ? 'from' : 'until'} which the material is valid is missing. Fill it in.`;
    case 'validity-reversed':
      return `The validity ends on ${value('until')}, before it begins on ${value('from')}. Correct the days.`;
    case 'field-missing':
      return `The field ${value('field')} is empty, but required. Fill it in.`;
    case 'field-to-fill':
      return `A file has no field ${value('field')}, which its type requires. Fill it in when you submit the material.`;
    case 'attachment-unread':
      return `${value('name')} could not be read (${value('reason')}), so it was not checked. Check it by hand, or attach it in another form.`;
    case 'text-cut':
      return 'The text is too long to be checked whole. Check the rest by hand, or split it.';
    case 'findings-cut':
      return `There are ${value('left')} more findings than the ${value('most')} listed. Mend these first, then check again.`;
    default:
      return rule satisfies never;
  }
}
