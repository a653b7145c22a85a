import { everyKind, line, shortChat } from '../../test/e2e/flows/chat-file.ts';

// The files that the guide's pictures import, on top of the demo workspace. All of it is invented.

export const guideRoster = {
  name: '员工名册.csv',
  text: '工号,姓名,所属网点,岗位\nluo.ming,罗明,滨江支行,理财经理\nsun.qing,孙青,滨江支行,大堂经理\n',
};

/** The short chat of the browser tests and one message of every kind, with gaps in their sequence numbers. */
function guideLines(): string {
  const talk = shortChat.text.split('\n');
  const kinds = everyKind.map((entry, index) => line(100 + index, entry));
  return [...talk, ...kinds]
    .map((text, index) => {
      // Three numbers are missing after the fifth line and one after the twentieth, for the completeness report.
      const seq = 1_000 + index + (index > 4 ? 3 : 0) + (index > 19 ? 1 : 0);
      return text.endsWith('}') ? `{"seq":${seq},${text.slice(1)}` : text;
    })
    .join('\n');
}

export const guideArchive = { name: shortChat.name, text: guideLines() };
