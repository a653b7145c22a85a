// Chinese numerals and the forms of one character, each read as one, so that places stay what they are.

const pairs =
  '１1２2３3４4５5６6７7８8９9０0：:號号點点週周後后個个給给幫帮電电話话聯联繫系復复覆复這这會会過过還还來来內内時时鐘钟禮礼無无係系為为與与約约訪访煩烦誰谁嗎吗麼么妳你處处辦办節节國国慶庆貨货帳账賬账';
const plain = new Map<string, string>();
for (let at = 0; at < pairs.length; at += 2) plain.set(pairs.charAt(at), pairs.charAt(at + 1));
const written = new RegExp(`[${[...plain.keys()].join('')}]`, 'gu');
const anyWritten = new RegExp(written.source, 'u');

/**
 * Full-width figures and the traditional characters of dates in their usual form; every place stays the same. Full-width commas and stops
 * stay: nearly every text has them.
 */
export function plainText(text: string): string {
  if (!anyWritten.test(text)) return text;
  return text.replaceAll(written, (character) => plain.get(character) ?? character);
}

const figures = '零一二三四五六七八九';

/** One to 99 in figures or Chinese numerals, 两 and 半 (a half) among them; null for anything else. */
export function numberIn(text: string): number | null {
  if (/^\d{1,3}$/.test(text)) return Number(text);
  if (text === '半') return 0.5;
  const parts = /^([一二两三四五六七八九])?(十)?([一二三四五六七八九])?$/.exec(text.replace('两', '二'));
  if (parts === null || text === '') return null;
  const [, first, ten, last] = parts;
  const of = (figure: string | undefined) => (figure === undefined ? 0 : figures.indexOf(figure));
  if (ten === undefined)
    return first === undefined ? of(last) || null : last === undefined ? of(first) : null;
  return (first === undefined ? 1 : of(first)) * 10 + of(last);
}
