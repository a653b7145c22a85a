import type { FoldSet } from './format.ts';
import { standardFolds } from './format.ts';

// What the folds do by their definition, right or wrong: the suite's honest remainder. Kept as rows so that docs/detection.md
// stays true: a row that no longer behaves as written fails the test.

export interface Limit {
  readonly term: string;
  readonly text: string;
  readonly set: FoldSet;
  readonly why: string;
}

const withFold = (fold: 'look-alikes' | 'pinyin' | 'homophones'): FoldSet => [...standardFolds, fold];

/** Innocent texts that hit. */
export const falseHits: readonly Limit[] = [
  { term: '保本', text: '由我行承保，本产品不另收费', set: 'standard', why: 'a comma is a filler' },
  { term: '稳赚', text: '先看稳不稳，赚多少再说', set: 'standard', why: 'a comma is a filler' },
  { term: '三七开', text: '37开头的号段', set: 'standard', why: 'figures are numerals' },
  { term: '零风险', text: '共列出10风险点', set: 'standard', why: 'a term may begin inside a number' },
  {
    term: 'WeChat',
    text: 'We chat every week',
    set: 'standard',
    why: 'a space is a filler, at word borders',
  },
  { term: 'VIP', text: 'see chapter VI, p. 3', set: 'standard', why: 'a comma is a filler, at word borders' },
  { term: '发卡', text: '髮卡斷了', set: 'standard', why: '髮 and 發 are both 发' },
  { term: '私人', text: '闲杂私入者罚款', set: withFold('look-alikes'), why: '入 looks like 人' },
  { term: '拉客', text: 'a house by the lake', set: withFold('pinyin'), why: 'an English word is la ke' },
  { term: '利息', text: 'Li Xi is on leave', set: withFold('pinyin'), why: 'a name in pinyin' },
  { term: '嫦娥', text: 'small change', set: withFold('pinyin'), why: 'an English word is chang e' },
  { term: '保本', text: '由他担保Ben的额度', set: withFold('pinyin'), why: 'a name is a syllable' },
  { term: '贷款', text: '网络带宽不够', set: withFold('homophones'), why: 'a word of the same sound' },
  { term: '收益', text: '师傅手艺好', set: withFold('homophones'), why: 'a word of the same sound' },
  { term: '收益', text: '受益人填谁', set: withFold('homophones'), why: 'a word of the same sound' },
  { term: '期货', text: '仓库起火了', set: withFold('homophones'), why: 'a word of the same sound' },
  { term: '返点', text: '楼下的饭店', set: withFold('homophones'), why: 'a word of the same sound' },
  { term: '佣金', text: '力气用尽了', set: withFold('homophones'), why: 'a word of the same sound' },
  { term: '保本', text: '给课本包本书皮', set: withFold('homophones'), why: '包本 sounds like it' },
];

/** Disguises that get past. */
export const misses: readonly Limit[] = [
  { term: '保本', text: '保。本', set: 'all', why: 'a sentence ends between' },
  { term: '保本', text: '保----本', set: 'all', why: 'more than three fillers' },
  { term: '保本', text: '保个本', set: 'all', why: 'a character between' },
  { term: '保本', text: '保丶本', set: 'all', why: '丶 is a character, no sign' },
  { term: '保本', text: '本保', set: 'all', why: 'written backwards' },
  { term: '100%保本', text: '1oo%保本', set: 'all', why: 'one figure is too few for o to be a zero' },
  { term: 'VIP', text: 'VVIIPP', set: 'all', why: 'letters count as repeated from three on' },
  {
    term: '𠮷祥金',
    text: '𠮷𠮷祥祥金',
    set: 'all',
    why: 'terms with characters of two units collapse no runs',
  },
  { term: 'VIP', text: '🆅🅸🅿', set: 'all', why: 'white letters in black squares have no compatibility form' },
  {
    term: '加我732',
    text: '加我柒參貳',
    set: 'all',
    why: '參 is 参 of 参加 to the script fold before it is a figure',
  },
  { term: '入群', text: '人群口令8888', set: 'all', why: '人群 is an everyday word' },
  { term: '微信', text: '加我威信', set: withFold('look-alikes'), why: '威信 is an everyday word' },
  { term: '期货', text: '其月货', set: 'all', why: '其月 is everyday text' },
  { term: '朋友圈', text: '月月友圈', set: 'all', why: '月月 is an everyday word' },
  { term: '保本', text: '不会让您亏一分钱', set: 'all', why: 'the same said in other words' },
];
