// Draws every chart of every document in every variant that the program knows, and measures each in chromium.
//
//   node check.mjs [--program PATH] [--out DIR] [--only WORDS] [--quick] [DOCUMENT…]
//
// Without documents: the hard ones beside this file, those of the samples in output/, and what `portolan extract` reads in
// ../shared/eval/dev when that is present. --quick leaves out all variants but the first; --only keeps charts whose name has the words.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { PNG } from 'pngjs';
import { inParallel, launch, Visitor } from './lib/browser.mjs';
import { measure } from './lib/chart.mjs';
import { CHARTS, ended, firstLine, FORMS, probe, run, VARIANTS } from './lib/portolan.mjs';
import { Tally } from './lib/tally.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const repository = join(here, '..', '..');
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { program: { type: 'string' }, out: { type: 'string' }, only: { type: 'string' }, quick: { type: 'boolean' } },
});
const program = resolve(options.program ?? ['release', 'debug'].map((p) => join(repository, 'target', p, 'portolan')).find(existsSync) ?? 'target/release/portolan');
const out = resolve(options.out ?? join(repository, 'target', 'browser', 'charts'));
const kept = join(out, 'failed');
const PARALLEL = 2;

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
const tally = new Tally();
const can = await probe(program);

const charts = CHARTS.filter((c) => can.options.has(`--${c}`) || tally.skip(`${c} charts: draw knows no --${c} yet`));
const variants = VARIANTS.filter(({ name, args }) => {
  if (options.quick && name) return false;
  const unknown = args.filter((a) => a.startsWith('--') && !can.options.has(a));
  return unknown.length === 0 || tally.skip(`variant ${name}: draw knows no ${unknown.join(', ')} yet`);
});

// What is drawn: sets of documents (one, or several to compare), each with the charts that it goes to.
const json = (folder, ending = '.json') => readdirSync(folder).filter((f) => f.endsWith(ending)).sort().map((f) => join(folder, f));
const named = (file) => basename(file).replace(/(\.itinerary)?\.json$/, '');
const alone = (from) => (file) => ({ name: `${from}${named(file)}`, files: [file], charts: ['timeline', 'route', 'graph'] });
const hard = positionals.length ? [] : json(join(here, 'documents'));
const sets = positionals.length
  ? positionals.map(alone(''))
  : [...hard.map(alone('hard-')), ...json(join(repository, 'output'), '.itinerary.json').map(alone('sample-')), ...(await articles())];
if (positionals.length > 1) sets.push({ name: 'together', files: positionals, charts: ['comparison'] });
if (hard.length) sets.push(...comparisons());

/** Comparison charts: one journey as several sources have it, and documents that are hard to set in a table. */
function comparisons() {
  const file = (name) => join(here, 'documents', `${name}.json`);
  const together = (name, ...names) => ({ name: `compared-${name}`, files: names.map(file), charts: ['comparison'] });
  return [
    together('two', 'same-journey-a', 'same-journey-b'), together('three', 'same-journey-a', 'same-journey-b', 'same-journey-c'),
    together('backwards', 'same-journey-c', 'same-journey-a'), together('strangers', 'one-day', 'polar'), together('empty', 'same-journey-a', 'empty'),
    ...['thirty-stops', 'eight-together', 'long-names', 'scripts', 'markup', 'open-order', 'kinds-of-dates', 'all-statuses', 'undated'].map((n) => together(`${n}-with-itself`, n, n)),
  ];
}

/** The annotated articles that lie beside the repository on the project's machines, read by the program. */
async function articles() {
  // In a worktree the folder is not beside the checkout, so that a setting may name it.
  const shared = process.env.PORTOLAN_SHARED ?? join(repository, '..', 'shared');
  const file = join(shared, 'eval', 'dev', 'articles.jsonl');
  if (!existsSync(file)) return tally.skip(`annotated articles: no ${relative(process.cwd(), file)}`) ?? [];
  const folder = join(out, 'documents');
  mkdirSync(folder, { recursive: true });
  const read = await run(program, ['extract', file], { seconds: 600 });
  if (read.code !== 0) {
    tally.add('extract', 'articles.jsonl', [{ kind: 'drawing', amount: 1, words: firstLine(read.stderr), note: `exit code ${read.code}` }]);
    return [];
  }
  return read.stdout.split('\n').filter(Boolean).map((line, i) => {
    const path = join(folder, `${String(i + 1).padStart(2, '0')}-${JSON.parse(line).article.id.replace(/[^\w.-]+/g, '-')}.json`);
    writeFileSync(path, line);
    return alone('dev-')(path);
  });
}

// A browser for each lane: pages of one browser wait for each other's turn in the foreground, sometimes for ever.
const browsers = await Promise.all(Array.from({ length: PARALLEL }, launch));
const visitors = await Promise.all(browsers.map((b) => Visitor.open(b)));

/** Measures one chart file, in a fresh page where the old one did not survive. */
async function look(kind, name, file, lane, also = [], asked = []) {
  let seen;
  try {
    seen = await measure(visitors[lane], file, kept);
  } catch (error) {
    seen = { problems: [{ kind: 'xml', amount: 1, words: String(error.message).split('\n')[0], note: 'chromium could not open or measure it' }] };
    await browsers[lane].close().catch(() => {});
    browsers[lane] = await launch();
    visitors[lane] = await Visitor.open(browsers[lane]);
  }
  tally.add(kind, name, [...also, ...ignored(seen, asked), ...seen.problems]);
}

/** Options that were given and made no difference. */
function ignored({ width, paper, words = '' }, asked) {
  if (!paper) return [];
  const value = (option) => (asked.includes(option) ? asked[asked.indexOf(option) + 1] : null);
  const problems = [];
  const wrong = (option, note) => problems.push({ kind: 'ignored', amount: 1, words: `${option} ${value(option)}`, note });
  if (value('--width') && Math.abs(width - Number(value('--width'))) > 1) wrong('--width', `the chart is ${width} px wide`);
  const dark = Math.max(...paper) < 100;
  if (dark !== (value('--theme') === 'dark')) problems.push({ kind: 'ignored', amount: 1, words: `the paper is rgb(${paper})`, note: `--theme ${value('--theme') ?? 'light'}` });
  if (value('--title') && !words.includes(value('--title').slice(0, 20))) wrong('--title', 'not in the chart');
  return problems;
}

/** Draws a set in one variant with one process, and measures what was to come of it. */
async function draw(set, variant, lane) {
  const wanted = charts.filter((c) => set.charts.includes(c) && variant.charts.includes(c)).map((chart) => {
    const kind = variant.name ? `${chart} ${variant.name}` : chart;
    const name = `${set.name}.${kind.replace(' ', '.')}.svg`;
    return { chart, kind, name, file: join(out, name) };
  }).filter(({ name }) => !options.only || name.includes(options.only));
  if (!wanted.length) return;
  const drawn = await run(program, ['draw', ...set.files, ...wanted.flatMap((w) => [`--${w.chart}`, w.file]), ...variant.args]);
  for (const { kind, name, file } of wanted) {
    const failed = drawn.code !== 0 || !existsSync(file);
    if (failed) tally.add(kind, name, [{ kind: 'drawing', amount: 1, words: firstLine(drawn.stderr), note: drawn.hung ? 'ended after two minutes' : `exit code ${drawn.code}` }]);
    else await look(kind, name, file, lane, [], variant.args);
  }
}

/**
 * What a document that is wrong must say where it is drawn all the same: in the chart or on standard error. A document that is
 * refused, with a message, is good too; a panic never is, nor an endless run.
 */
const REMARKS = {
  'date-in-1750': /1750/, 'date-in-2150': /2150/, 'order-missing': /order/i, 'trip-without-visits': /Paris/, '5000-stops': /left out|not shown|not drawn|more|too many/i,
  '5000-stops-50-travellers': /left out|not shown|not drawn|more|too many/i, 'order-with-gaps': /Vienna/,
};

async function drawBad(document, lane) {
  for (const chart of charts.filter((c) => c !== 'comparison')) {
    const name = `bad-${named(document)}.${chart}.svg`;
    if (options.only && !name.includes(options.only)) continue;
    const file = join(out, name);
    const drawn = await run(program, ['draw', document, `--${chart}`, file], { seconds: 60 });
    const wrong = (words, note) => [{ kind: 'drawing', amount: 1, words, note }];
    if (drawn.hung) tally.add('bad documents', name, wrong('neither drawn nor refused after a minute', ''));
    else if (!ended(drawn)) tally.add('bad documents', name, wrong(firstLine(drawn.stderr), `exit code ${drawn.code}`));
    else if (drawn.code !== 0) tally.add('bad documents', name, drawn.stderr.trim() ? [] : wrong('refused without a message', `exit code ${drawn.code}`));
    else {
      const words = `${readFileSync(file, 'utf8').replace(/<style>[^]*?<\/style>/g, '')}\n${drawn.stderr}`;
      const remark = REMARKS[named(document)];
      const silent = remark ? !remark.test(words) : true;
      await look('bad documents', name, file, lane, silent ? wrong('drawn as if nothing were wrong', remark ? `nothing in it says ${remark}` : 'should be refused') : []);
    }
  }
}

/** PNG and PDF: that they are such files, and of the size that was asked for. */
async function drawForm(set, form) {
  for (const chart of charts.filter((c) => set.charts.includes(c))) {
    const kind = `${chart} ${form.ending}`;
    const name = `${set.name}.${chart}${form.name ? `.${form.name}` : ''}.${form.ending}`;
    if (options.only && !name.includes(options.only)) continue;
    const file = join(out, name);
    const drawn = await run(program, ['draw', ...set.files, `--${chart}`, file, ...form.args]);
    const wrong = (words) => [{ kind: 'drawing', amount: 1, words, note: `exit code ${drawn.code}` }];
    if (drawn.code !== 0 || !existsSync(file)) tally.add(kind, name, wrong(firstLine(drawn.stderr)));
    else tally.add(kind, name, ((bytes) => {
      if (form.ending === 'pdf') return bytes.subarray(0, 5).toString('latin1') === '%PDF-' && bytes.subarray(-32).includes('%%EOF') ? [] : wrong('no whole PDF');
      if (bytes.subarray(1, 4).toString('latin1') !== 'PNG') return wrong('no PNG');
      try {
        const { width } = PNG.sync.read(bytes);
        return width === 1200 * (form.scale ?? 1) ? [] : wrong(`${width} pixels wide instead of ${1200 * (form.scale ?? 1)}`);
      } catch (error) {
        return wrong(`no PNG: ${error.message}`);
      }
    })(readFileSync(file)));
  }
}

try {
  // Several small steps at a time share the machine: the program draws while chromium measures.
  const jobs = sets.flatMap((set) => variants.filter((v) => !v.hard || !set.name.startsWith('dev-')).map((variant) => (lane) => draw(set, variant, lane)));
  if (!positionals.length) {
    const many = join(out, 'many');
    await run(process.execPath, [join(here, 'documents', 'make.mjs'), '--many', many]);
    jobs.push(...[...json(join(here, 'documents', 'bad')), ...json(many)].map((document) => (lane) => drawBad(document, lane)));
    const forms = FORMS.filter((f) => f.needs.every((o) => can.options.has(o)) || tally.skip(`${f.ending} files${f.name ? ` at ${f.name}` : ''}: draw knows no ${f.needs.join(', ')} yet`));
    const few = sets.filter((s) => /^(hard-(one-stop|scripts|markup|long-names)|compared-two)$/.test(s.name));
    jobs.push(...few.flatMap((set) => forms.map((form) => () => drawForm(set, form))));
  }
  await inParallel(jobs, PARALLEL, (job, lane) => job(lane));
} finally {
  await Promise.all(browsers.map((b) => b.close().catch(() => {})));
}

// The order of the lanes is chance; that of the report is not.
const place = new Map([...charts.flatMap((c) => [c, ...VARIANTS.map((v) => `${c} ${v.name}`)])].map((k, i) => [k, i]));
tally.units.sort((a, b) => (place.get(a.kind) ?? 1e3) - (place.get(b.kind) ?? 1e3) || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : a.name < b.name ? -1 : 1));
process.exitCode = tally.print({ kept }) ? 1 : 0;
