// One run of the command line in a process of its own, as scripts/countersign.mjs starts it. The first argument is the
// program to load, from the sources or a build; peak memory, in MiB, is the last line of stderr.
const [entry = '', ...arguments_] = process.argv.slice(2);
const { main } = (await import(entry)) as typeof import('../../../src/cli/index.ts');
process.exitCode = await main(arguments_);
process.stderr.write(`${Math.round(process.resourceUsage().maxRSS / 1024)}\n`);
