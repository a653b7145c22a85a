import { Readable } from 'node:stream';

import type { App } from '../../src/core/contract/handlers.ts';
import type { ApprovalId, BlobId, MaterialVersionId } from '../../src/core/contract/ids.ts';
import { createBlobStore } from '../../src/core/platform/blobs/index.ts';
import { contentOf } from './materials.ts';
import { decide, submitMaterial } from './reviews.ts';
import type { TestClient, TestWorld } from './workspace.ts';

/** A bank's texts that tests have approved, and publish. All of it invented. */
export const loan = {
  title: '蓝湖快贷上线通知',
  paragraphs: [
    '蓝湖快贷今日上线，年化利率（单利）3.45%起，最高可借30万元，最长分36期还款。',
    '线上申请，当天审批，提前还款不收违约金。具体以合同为准，贷款需用于合法消费用途。',
  ],
};
export const loanText = `${loan.title}\n${loan.paragraphs.join('\n')}`;

/** Puts bytes into the workspace's store, as a host does with an upload. */
export async function storeBytes(app: App, client: TestClient, bytes: Uint8Array): Promise<BlobId> {
  const { blobDirectory, limit } = await app.prepareUpload(client.caller());
  return (await createBlobStore(blobDirectory).write(Readable.from([bytes]), limit)).id;
}

/** Has a text approved by whoever reviews, where a template of one stage is published. */
export async function approve(
  world: Pick<TestWorld, 'workspace'>,
  editor: TestClient,
  reviewer: TestClient,
  { title, paragraphs }: { readonly title: string; readonly paragraphs: readonly string[] },
): Promise<{ readonly id: ApprovalId; readonly number: string; readonly versionId: MaterialVersionId }> {
  const { reviewId, review } = await submitMaterial(world, editor, {
    content: contentOf('moments-post', title, paragraphs),
  });
  const done = await decide(reviewer, reviewId, 'approve');
  if (done.approval === null) throw new Error(`the review ended as ${done.state}`);
  return { id: done.approval.id, number: done.approval.number, versionId: review.version.id };
}

export interface Sent {
  readonly at: number;
  /** Of a text; else the body below its kind's key. */
  readonly text?: string;
  readonly link?: { readonly title: string; readonly description: string };
  readonly from?: string;
  readonly to?: string;
}

let sent = 0;

/** Lines of a chat archive: what an employee sent to customers, unless told otherwise. */
export function chatLines(messages: readonly Sent[]): string {
  return messages
    .map(({ at, text, link, from = 'zhanglan', to = 'wmkehu1' }) =>
      JSON.stringify({
        msgid: `published-${String((sent += 1)).padStart(8, '0')}`,
        action: 'send',
        from,
        tolist: [to],
        roomid: '',
        msgtime: at,
        ...(link === undefined
          ? { msgtype: 'text', text: { content: text ?? '' } }
          : {
              msgtype: 'link',
              link: { ...link, link_url: 'https://www.lanhu-bank.example/a', image_url: '' },
            }),
      }),
    )
    .map((line) => `${line}\n`)
    .join('');
}

/** Imports messages, and waits until they are there. */
export async function importChat(
  world: Pick<TestWorld, 'app' | 'workspace'>,
  client: TestClient,
  messages: readonly Sent[],
): Promise<void> {
  const blobId = await storeBytes(world.app, client, Buffer.from(chatLines(messages)));
  await client.call('archive.startImport', { files: [{ blobId, name: 'chat.jsonl' }] });
  await world.app.idle();
}
