import { closeSync, openSync, readSync } from 'node:fs';

// The peer of the scan benchmark: one thread that reads a file in large blocks and calls JSON.parse on every line, nothing else.

const file = openSync(process.argv[2] ?? '', 'r');
const block = Buffer.alloc(4 * 2 ** 20);
let kept = 0;
let lines = 0;
for (;;) {
  const read = readSync(file, block, kept, block.length - kept, null);
  const end = kept + read;
  let start = 0;
  for (let newline = block.indexOf(0x0a, start); newline >= 0 && newline < end;) {
    JSON.parse(block.toString('utf8', start, newline));
    lines += 1;
    start = newline + 1;
    newline = block.indexOf(0x0a, start);
  }
  block.copyWithin(0, start, end);
  kept = end - start;
  if (read === 0) break;
}
closeSync(file);
process.stdout.write(`${lines}\n`);
