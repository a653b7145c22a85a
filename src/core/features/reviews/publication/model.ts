import type { ApprovalState } from '../workflow/approvals/model.ts';

/**
 * What a published text is, held against approved ones:
 * - `identical`: to the letter.
 * - `trivially-different`: white space, line breaks, width and shape of punctuation; or a short greeting around it.
 * - `altered`: it comes from an approved text and says something else, or leaves something out.
 * - `no-approval`: it comes from none.
 */
export const verdicts = ['identical', 'trivially-different', 'altered', 'no-approval'] as const;
export type Verdict = (typeof verdicts)[number];

/** How much of the approved text was published: all of it, all with something around it, or an excerpt. */
export const relations = ['whole', 'wrapped', 'excerpt'] as const;
export type Relation = (typeof relations)[number];

/** What the approval was worth when the text was published; `not-yet`: it was approved later. */
export const standings = ['valid', 'expired', 'withdrawn', 'not-yet'] as const;
export type Standing = (typeof standings)[number];

/** Why a published message needs somebody to look at it. */
export const findingKinds = ['altered', 'no-approval', 'expired', 'withdrawn', 'not-yet'] as const;
export type FindingKind = (typeof findingKinds)[number];

/** What an approval was worth at that moment. One that was withdrawn later still covered what was sent before. */
export function standingAt(
  approval: {
    readonly approvedAt: number;
    readonly expiresAt: number;
    readonly withdrawnAt: number | null;
  },
  at: number,
): Standing {
  if (at < approval.approvedAt) return 'not-yet';
  if (approval.withdrawnAt !== null && at >= approval.withdrawnAt) return 'withdrawn';
  return at < approval.expiresAt ? 'valid' : ('expired' satisfies ApprovalState);
}

/** What is to be looked at of a published text, or null where it is as it was approved while the approval held. */
export function findingOf(verdict: Verdict, standing: Standing | null): FindingKind | null {
  switch (verdict) {
    case 'no-approval':
    case 'altered':
      return verdict;
    case 'identical':
    case 'trivially-different':
      return standing === null || standing === 'valid' ? null : standing;
  }
}

/** The worst first: of a message with several cards the worst is its finding. */
export function worstFinding(kinds: readonly (FindingKind | null)[]): number {
  const rank = ['no-approval', 'altered', 'withdrawn', 'expired', 'not-yet'] as const;
  let worst = -1;
  let worstRank: number = rank.length;
  for (const [index, kind] of kinds.entries()) {
    if (kind === null) continue;
    const own = rank.indexOf(kind);
    if (own < worstRank) [worst, worstRank] = [index, own];
  }
  return worst;
}

// ---- which messages are held against approvals ----------------------------------------------------------------------

/**
 * Cards that an employee sends are made material, whoever wrote it: always checked. Their kinds in WeCom's archive
 * (docs/formats.md).
 */
export const cardKinds = ['link', 'news', 'weapp'] as const;
/** What is typed; only where it reads as promotional. */
export const typedKinds = ['text', 'markdown'] as const;

/** Characters, white space left out, below which a card says nothing that could be approved: `公告`, a sticker's name. */
export const shortestCard = 6;
/** Below that, what is typed is talk: the shortest of the demo's approved scripts has 31 characters. */
export const shortestTyped = 30;
/** From that length on, words of marketing alone are enough; a customer manager's own answers are shorter (docs/publication.md). */
export const longTyped = 60;
/** Different marketing words that a long text needs: one alone stands in many an honest answer. */
export const marketingWords = 2;
/** Conversations that get the same text word for word: a mailing. With one word of marketing it is checked at `shortestTyped`. */
export const mailingConversations = 5;

/**
 * Words that advertise or describe a product of a bank. Chosen to be conservative: each also stands in answers to questions,
 * which is why one is not enough.
 */
const marketing = [
  /理财|基金|保险|存款|定投|国债|大额存单|贵金属|积存金|信用卡|贷款|分期/u,
  /收益|利率|年化|净值|分红|涨幅|业绩比较基准/u,
  /起购|申购|认购|募集|额度|发售|首发|上新|抢购|热销|火热/u,
  /优惠|活动|礼品|立减|满减|返现|抽奖|福利|好礼|特惠|免息|免年费/u,
  /扫码|点击|预约|咨询|联系我|名额|限时|截止|先到先得|不容错过/u,
  /稳健|低风险|灵活|期限|封闭期|到期/u,
] as const;

/** How many kinds of marketing words a text has: product, return, offer, benefit, call to act, manner. */
export function countMarketing(text: string): number {
  return marketing.reduce((count, words) => count + (words.test(text) ? 1 : 0), 0);
}

/** Whether a typed text reads as promotional; `conversations`: how many got it word for word. */
export function isPromotional(text: string, length: number, conversations: number): boolean {
  if (length < shortestTyped) return false;
  const words = countMarketing(text);
  return (
    (length >= longTyped && words >= marketingWords) || (words >= 1 && conversations >= mailingConversations)
  );
}

// ---- how texts are held against each other ---------------------------------------------------------------------------

/** Characters of a shingle. Four tell Chinese phrases apart, and one changed character breaks no more than four of them. */
export const shingleLength = 4;

/** Normalised characters below which an approved text (a title, say) is not looked for inside others. */
export const shortestWrapped = 16;
/** Normalised characters below which an excerpt is a phrase that anybody might use. */
export const shortestExcerpt = 10;
/** Normalised characters that a greeting around an approved text may have: `王先生您好，这是今天的早报，供您参考。` has 19. */
export const longestGreeting = 40;

/** Share of one text's shingles that the other has too, from which on one comes from the other (measured: docs/publication.md). */
export const alteredFrom = 0.4;
/** Shingles that have to agree: 12 are a sentence of 15 characters. */
export const fewestShared = 12;

/**
 * Sentences that the law or a regulator has everybody write: two texts that share only these have nothing to do with each other.
 * They count in every other comparison. 理财公司理财产品销售管理暂行办法 §27, 公开募集证券投资基金宣传推介材料管理暂行规定.
 */
export const commonSentences: readonly RegExp[] = [
  /理财非存款[,、;.]?产品有风险[,、;.]?投资[须需]谨慎/gu,
  /(?:基金|投资|市场)有风险[,、;.]?(?:投资|入市)[须需]?谨慎/gu,
  /(?:过往|历史)业绩不(?:代表|预示)(?:其|产品)?未来(?:表现|业绩)[^.;,]{0,20}/gu,
  /业绩比较基准不(?:是|代表)(?:预期收益率|实际收益|未来表现)[^.;,]{0,24}/gu,
  /(?:具体|详情)?(?:以|请以)(?:产品说明书|合同|我行公告|银行公告)为准/gu,
  /(?:详情)?请?咨询(?:您的)?(?:客户经理|网点工作人员)/gu,
];
