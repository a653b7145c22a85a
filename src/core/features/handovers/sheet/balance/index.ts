export { type Balance, type FeedClass, balanceSheet, sheetKinds } from './balance.ts';
export { type Evidence, compareTexts } from './evidence.ts';
