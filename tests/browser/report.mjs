// Drives the report page as a reader would.
//
//   node report.mjs [--program PATH] [--out DIR] [--only WORDS] [PAGE.html | ARTICLE | DOCUMENT …]
//
// Without arguments: articles of the samples, one that tries to break out of the page, the project's article when it is there, and hard documents.

import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launch, Visitor } from './lib/browser.mjs';
import { measurePage, PAGE_KINDS } from './lib/page-checks.mjs';
import { firstLine, probe, run } from './lib/portolan.mjs';
import { Tally } from './lib/tally.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const repository = join(here, '..', '..');
const { values: options, positionals } = parseArgs({ allowPositionals: true, options: { program: { type: 'string' }, out: { type: 'string' }, only: { type: 'string' } } });
const program = resolve(options.program ?? ['release', 'debug'].map((p) => join(repository, 'target', p, 'portolan')).find(existsSync) ?? 'target/release/portolan');
const out = resolve(options.out ?? join(repository, 'target', 'browser', 'report'));
rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, 'failed'), { recursive: true });
const tally = new Tally(PAGE_KINDS);

/** An article that tries everything that a text can try. */
const HOSTILE = [
  'Marques <script>window.hit=1</script> in Nairobi',
  'NAIROBI, March 18, 2031 – Portuguese Foreign Minister Helena Marques arrived in Nairobi on Tuesday </style><style>*{display:none}</style> and met with Kenyan President Joyce Kamau.',
  'She travels on to Kampala on Wednesday ]]> --> <!-- and "will meet" President <img src=x onerror="window.hit=1"> Moses Okello there, \'officials\' said &lt;b&gt; &amp;amp; &bogus;.',
  'The spokesman said: \u202e\u202dtxet desrever\u202c ends here. A bell\u0007 rang, and \u001b[31m red \u2066isolated\u2069 text followed. </article></main></body></html> {{ 7*7 }} {% raw %} ${window.hit=1}',
  '<svg onload="window.hit=1"><a href="javascript:window.hit=1">On Friday she visited Kigali</a>, and <template><noscript> <base href="https://example.invalid/"> <meta http-equiv="refresh" content="0;url=https://example.invalid/">.',
].join('\n\n');

const shared = process.env.PORTOLAN_SHARED ?? join(repository, '..', 'shared');
const textOf = (file) => readFileSync(file, 'utf8').replace(/^(?:(?:published|source|url):.*\n)+\n/i, '');

async function pages() {
  if (positionals.length) return positionals.map((f) => ({ name: basename(f), inputs: [resolve(f)], page: /\.html?$/.test(f) ? resolve(f) : null, article: f.endsWith('.txt') ? textOf(f) : null }));
  const hostile = join(out, 'hostile.txt');
  writeFileSync(hostile, HOSTILE);
  const samples = ['andes-tour', 'gulf-of-guinea', 'lakeside-talks', 'quiet-day', 'pacific-crossing', 'cancelled-stop'].map((n) => join(repository, 'data', 'articles', `${n}.txt`));
  const blinken = join(shared, 'articles', 'blinken-iraq.txt');
  if (!existsSync(blinken)) tally.skip(`the project's article: no ${blinken}`);
  const document = (n) => join(here, 'documents', `${n}.json`);
  return [
    ...[hostile, ...samples, ...(existsSync(blinken) ? [blinken] : [])].map((f) => ({ name: `article-${basename(f, '.txt')}`, inputs: [f], article: textOf(f) })),
    ...['one-stop', 'eight-together', 'thirty-stops', 'scripts', 'markup', 'long-names', 'undated', 'empty', 'meetings'].map((n) => ({ name: `hard-${n}`, inputs: [document(n)] })),
    { name: 'several', inputs: ['same-journey-a', 'same-journey-b', 'same-journey-c'].map(document) },
  ];
}

const can = await probe(program);
const made = positionals.length > 0 && positionals.every((f) => /\.html?$/.test(f));
if (!can.report && !made) tally.skip('report pages: portolan knows no report yet');
else {
  const browser = await launch();
  try {
    for (const { name, inputs, article, page } of (await pages()).filter((p) => !options.only || p.name.includes(options.only))) {
      const file = page ?? join(out, `${name}.html`);
      const ready = page ? { code: 0 } : await run(program, ['report', ...inputs, '-o', file]);
      if (ready.code !== 0 || !existsSync(file)) {
        tally.add('report', name, [{ kind: 'drawing', amount: 1, words: firstLine(ready.stderr), note: `exit code ${ready.code}` }]);
        continue;
      }
      // A page of its own for each, since what one report stored must not help the next.
      const visitor = await Visitor.open(browser);
      let problems;
      try {
        problems = await measurePage(visitor, file, { article });
      } catch (error) {
        problems = [{ kind: 'error', amount: 1, words: String(error.message).split('\n')[0], note: 'chromium could not open or drive it' }];
      }
      if (problems.length) {
        writeFileSync(join(out, 'failed', `${name}.html`), readFileSync(file));
        await visitor.page.screenshot({ path: join(out, 'failed', `${name}.png`), fullPage: true }).catch(() => {});
      }
      await visitor.page.close();
      tally.add('report', name, problems);
    }
  } finally {
    await browser.close();
  }
}
process.exitCode = tally.print({ kept: join(out, 'failed') }) ? 1 : 0;
