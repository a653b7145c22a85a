// How hosts are written, as pieces of expressions. All are bounded, so that none reads far for nothing.

/** Letters of the scripts that hosts of ours are imitated with; hanzi join on to the sentence around them. */
export const hostCharacter = String.raw`[a-z0-9\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}_-]`;
export const label = `${hostCharacter}{1,63}`;
const hanziEnding = '(?:中国|公司|网络|网址|商城|网店|在线|中文网|集团|我爱你|移动|餐厅|手机|政务|公益)';
const hanziLabel = String.raw`[\p{Script=Han}a-z0-9-]{1,40}`;
export const hanziHost = String.raw`${hanziLabel}(?:\.${hanziLabel}){0,3}\.${hanziEnding}`;
/** A dot that is written as something else, or has blanks beside it, in front of the most usual endings. */
export const hiddenDotHost = String.raw`(${label}(?:\.${label}){0,3})(?: ?[。·•∙‧点丶] ?| \. ?|\. )(com|cn|net|org|top|xyz|vip|cc|shop|club)(?!${hostCharacter})`;
/** A dot in brackets, as addresses are defanged: evil[.]com. */
export const bracketedDot = String.raw`(?: ?[[({] ?[.。点] ?[\])}] ?)`;

const afterHost = /(?::\d{1,5})?(?:[/?#][\x21-\x3b\x3d\x3f-\x7e]{0,2000})?/y;
const closing = /[.,;:!?'")\]}]+$/;

/** How many units of port, path and query stand behind a host that ends at `at`. */
export function lengthBehind(text: string, at: number): number {
  afterHost.lastIndex = at;
  return (afterHost.exec(text)?.[0] ?? '').replace(closing, '').length;
}
