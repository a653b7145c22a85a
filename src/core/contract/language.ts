/** The languages that every text stands in, those of screens and those that core writes itself. */
export const languages = ['zh-CN', 'en-US'] as const;
export type Language = (typeof languages)[number];
