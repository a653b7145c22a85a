import type { Language } from '../../../contract/language.ts';

// Why a row has its outcome, in words: the one place, for screens and the register alike, as timeline/sentences.ts is for signs.
// `{taker}` stands for whoever has it or was to have it, `{value}` for the code that the record has.

const chinese = {
  'status-1': '接替结果为完成，{taker}接替。',
  'own-list': '已在{taker}的客户列表中。',
  started: '已发起由{taker}接替，尚无结果。',
  'status-2': '接替结果为等待{taker}接替。',
  refused: '客户拒绝由{taker}接替。请另选接交人。',
  'taker-at-limit': '{taker}的客户数已达上限。请另选接交人。',
  'deleted-by-customer': '客户删除了移交人。',
  'deleted-by-leaver': '移交人删除了客户。',
  'invalid-customer': '客户无效（错误码 {value}），不能接替。',
  errcode: '发起接替未成功，错误码 {value}。',
  'transfer-failed': '由{taker}接替失败。请查明原因后重新发起。',
  'status-unknown': '接替结果为 {value}，含义未知。请核实。',
  'moved-without-record': '因继承移出，但没有接替记录。请导入接替结果。',
  vanished: '从客户列表中消失，没有删除或接替记录。请核实。',
  'no-record': '企业微信没有接替记录。请重新发起。',
  'never-started': '没有发起接替。请发起，或写明原因。',
  'conflict-statuses': '接替结果前后矛盾：对{taker}既有完成，又有其他状态。',
  'conflict-two-takers': '两位接交人都显示接替完成。',
  'conflict-deleted-before': '先有删除记录，后又显示{taker}接替。',
  'conflict-still-listed': '显示{taker}接替后，仍在移交人的列表中。',
  'conflict-failed-held': '答复显示未接替成功，{taker}的列表或接替结果却显示已接替。',
  'conflict-taker-lacks': '显示{taker}接替，但其后来的列表中没有。',
  'conflict-deleted-still-there': '移交人删除后，仍有列表或接替记录。',
  'group-owner': '群主已是{taker}。',
  'group-inherited': '群状态为继承完成。',
  'group-started': '已发起转给{taker}，尚未看到新群主。',
  'group-being-inherited': '群状态为正在继承。',
  'group-errcode': '转群未成功，错误码 {value}。',
  'group-dismissed': '移交人在职期间群被解散。',
  'group-dismissed-later': '离职后群被解散，不再需要交接。',
  'vanished-group': '从客户群列表中消失，没有解散或转群记录。请核实。',
  'owner-left': '群主已离职，没有发起转群。请发起，或写明原因。',
  'conflict-dismissed-still-there': '有解散记录，之后仍出现在列表中。',
  'conflict-owner-back': '群主已变为{taker}，之后又显示为移交人。',
  'conflict-group-status': '显示继承完成，之后又显示未继承。',
  table: '后来的表中已归{taker}。',
  'missing-later': '后来的表中没有这一条。请核实。',
  'live-code-disabled': '活码已停用。',
  'still-routes': '活码仍指向移交人。请改为接交人，或停用。',
  'routes-nowhere': '活码没有指向任何人。请改为接交人，或停用。',
  'task-still-open': '任务仍在移交人名下且未完成。',
  'task-without-owner': '任务没有负责人。',
  'task-done': '任务已完成。',
  'task-cancelled': '任务已取消。',
  assigned: '已移交给{taker}。',
  'not-assigned': '还没有移交。请指定接交人。',
  'material-rejected': '素材已否决。',
  'material-expired': '备案已过期。',
  'material-withdrawn': '备案已撤回。',
  'material-retired': '素材已停用。',
  'case-hit-open': '命中尚未处置。请指定接交人或处置。',
  'case-finding-open': '发现尚未处置。请指定接交人或处置。',
  'case-review-open': '审核等待移交人表态。请指定接交人，或改派审核人。',
  'case-review-over': '审核不再等待移交人表态。',
  'case-decided': '已处置。',
} as const;

/** Why a row of the sheet has its outcome. */
export type Why = keyof typeof chinese;

const english: Readonly<Record<Why, string>> = {
  'status-1': 'The transfer result says that {taker} took over.',
  'own-list': 'In the customer list of {taker}.',
  started: 'A transfer to {taker} was started and has no result yet.',
  'status-2': 'The transfer result says: waiting for {taker}.',
  refused: 'The customer refused {taker}. Choose another taker.',
  'taker-at-limit': '{taker} has as many customers as allowed. Choose another taker.',
  'deleted-by-customer': 'The customer deleted the leaver.',
  'deleted-by-leaver': 'The leaver deleted the customer.',
  'invalid-customer': 'The customer is invalid (errcode {value}) and can’t be handed over.',
  errcode: 'The transfer was refused with errcode {value}.',
  'transfer-failed': 'The transfer to {taker} failed. Find out why, then start it again.',
  'status-unknown': 'The transfer result is {value}, whose meaning is unknown. Find out.',
  'moved-without-record': 'Removed by a transfer that no record tells of. Import the transfer results.',
  vanished: 'Gone from the customer list without a deletion or transfer. Find out.',
  'no-record': 'WeCom has no record of a transfer. Start it again.',
  'never-started': 'No transfer was started. Start one, or write down why not.',
  'conflict-statuses':
    'Transfer results contradict each other: with {taker} it is complete and something else.',
  'conflict-two-takers': 'Two takers are shown as having taken over.',
  'conflict-deleted-before': 'Deleted first, and shown as taken over by {taker} afterwards.',
  'conflict-still-listed': 'Shown as taken over by {taker}, and still in the leaver’s list afterwards.',
  'conflict-failed-held': 'Answered as not taken over, and yet {taker}’s list or a result shows it.',
  'conflict-taker-lacks': 'Shown as taken over by {taker}, whose later list lacks the customer.',
  'conflict-deleted-still-there': 'Deleted by the leaver, and still in a list or transfer afterwards.',
  'group-owner': '{taker} is the owner now.',
  'group-inherited': 'The group’s state is inherited.',
  'group-started': 'Handing it to {taker} was asked for; no new owner is seen yet.',
  'group-being-inherited': 'The group’s state is being inherited.',
  'group-errcode': 'Handing the group over failed with errcode {value}.',
  'group-dismissed': 'The group was dissolved while the leaver owned it.',
  'group-dismissed-later': 'The group was dissolved after the last day: nothing to hand over.',
  'vanished-group': 'Gone from the group list without a record. Find out.',
  'owner-left': 'The owner has left and nobody asked for a transfer. Ask for one, or write down why not.',
  'conflict-dismissed-still-there': 'Dissolved, and still in a list afterwards.',
  'conflict-owner-back': '{taker} was the owner, and the leaver is shown again afterwards.',
  'conflict-group-status': 'Inherited, and shown as not inherited afterwards.',
  table: 'A later table has it with {taker}.',
  'missing-later': 'A later table lacks it. Find out.',
  'live-code-disabled': 'The live code is disabled.',
  'still-routes': 'The live code still leads to the leaver. Change or disable it.',
  'routes-nowhere': 'The live code leads to nobody. Change or disable it.',
  'task-still-open': 'The task is still the leaver’s, and open.',
  'task-without-owner': 'Nobody has the task.',
  'task-done': 'The task is done.',
  'task-cancelled': 'The task is cancelled.',
  assigned: 'Handed over to {taker}.',
  'not-assigned': 'Not handed over yet. Assign it to a taker.',
  'material-rejected': 'The material was rejected.',
  'material-expired': 'The approval has expired.',
  'material-withdrawn': 'The approval was withdrawn.',
  'material-retired': 'The material was retired.',
  'case-hit-open': 'The hit is undecided. Assign it, or decide it.',
  'case-finding-open': 'The finding is undecided. Assign it, or decide it.',
  'case-review-open': 'A review waits for the leaver. Assign it, or reassign the review.',
  'case-review-over': 'The review waits for the leaver no more.',
  'case-decided': 'It was decided.',
};

const words: Readonly<Record<Language, Readonly<Partial<Record<string, string>>>>> = {
  'zh-CN': chinese,
  'en-US': english,
};

/**
 * Why a row has its outcome, in one sentence that names the taker as `person` does. The key itself where there are no words for it: a
 * sheet may have been frozen by a version that knew others.
 */
export function whySentence(
  row: { readonly why: string; readonly whyValue: string; readonly taker: string | null },
  person: (userid: string) => string,
  language: Language,
): string {
  const text = words[language][row.why] ?? row.why;
  // In one pass: a name may hold a placeholder, or what `replaceAll` takes for one.
  return text.replaceAll(/\{(?:taker|value)\}/g, (place) =>
    place === '{value}' ? row.whyValue : row.taker === null ? '' : person(row.taker),
  );
}
