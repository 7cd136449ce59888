// A check that never fires is worth nothing: each is given a chart that is broken in just one way, and one that is not.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, Visitor } from './lib/browser.mjs';
import { measure } from './lib/chart.mjs';
import { measurePage } from './lib/page-checks.mjs';

const chart = (inner, { root = 'role="img"', head = '<title>T</title><desc>D</desc>', style = '' } = {}) =>
  `<svg xmlns="http://www.w3.org/2000/svg" ${root} width="600" height="300" viewBox="0 0 600 300">${head}
<style>text{font-family:'Liberation Sans',sans-serif;font-size:14px;fill:#222}${style}</style>
<rect width="600" height="300" fill="#fff"/>${inner}</svg>`;

const CASES = [
  ['a sound chart', [], chart(`<text x="20" y="40">Ramallah</text><text x="20" y="56">Baghdad<tspan font-weight="700"> bold</tspan></text>
    <g id="v1" class="visit completed"><title>here</title><circle cx="300" cy="150" r="11" fill="#0b5fa5"/><text x="300" y="155" text-anchor="middle" style="fill:#fff">12</text></g>
    <text x="320" y="155">beside its disc</text><text transform="rotate(-30 400 250)" x="400" y="250">turned</text><rect x="20" y="200" width="200" height="40" fill="#777"/>
    <text x="30" y="225" style="paint-order:stroke;stroke:#fff;stroke-width:3px">with a halo</text>`)],
  ['two texts overlap', ['overlap'], chart('<text x="20" y="40">Ramallah</text><text x="40" y="46">Baghdad</text>')],
  ['two turned texts overlap', ['overlap'], chart('<text transform="rotate(-40 100 200)" x="100" y="200">Ramallah</text><text transform="rotate(-40 108 196)" x="108" y="196">Baghdad</text>')],
  ['two lines of one text overlap', ['overlap'], chart('<text><tspan x="20" y="40">Ramallah</tspan><tspan x="20" dy="8">Baghdad</tspan></text>')],
  ['text leaves the frame', ['outside'], chart('<text x="570" y="40">Ramallah</text>')],
  ['tiny text', ['small'], chart('<text x="20" y="40" style="font-size:9px">Ramallah</text>')],
  ['text made tiny by a scale', ['small'], chart('<g transform="scale(.5)"><text x="20" y="40">Ramallah</text></g>')],
  ['low contrast on paper', ['contrast'], chart('<text x="20" y="40" style="fill:#999">Ramallah</text>')],
  ['low contrast on what is behind', ['contrast'], chart('<rect x="0" y="20" width="60" height="40" fill="#333"/><text x="20" y="40">Ramallah</text>')],
  ['low contrast by opacity', ['contrast'], chart('<g opacity=".4"><text x="20" y="40">Ramallah</text></g>')],
  ['low contrast on the halo', ['contrast'], chart('<text x="20" y="40" style="paint-order:stroke;stroke:#666;stroke-width:3px">Ramallah</text>')],
  ['text on a disc', ['disc'], chart('<circle cx="40" cy="36" r="8" fill="#fff" stroke="#222"/><text x="40" y="40">Ramallah</text>')],
  ['a request to outside', ['request'], chart('<image href="https://example.invalid/x.png" width="10" height="10"/>')],
  ['a font from outside', ['request'], chart('<text x="20" y="40" style="font-family:F">a</text>', { style: "@font-face{font-family:F;src:url('https://example.invalid/f.woff2')}" })],
  ['a script', ['script'], chart('<script>window.hit=1</script>')],
  ['a handler', ['script'], chart('<rect width="10" height="10" fill="#fff" onclick="1"/>')],
  ['an error', ['error', 'script'], chart('<script>throw new Error("broken")</script>')],
  ['squeezed text', ['squeezed'], chart('<text x="20" y="40" textLength="40" lengthAdjust="spacingAndGlyphs">Ramallah and Baghdad</text>')],
  ['text cut by a clip', ['cut'], chart('<clipPath id="c"><rect x="0" y="0" width="50" height="100"/></clipPath><g clip-path="url(#c)"><text x="20" y="40">Ramallah</text></g>')],
  ['XML that is not well-formed', ['xml'], chart('<text x="20" y="40">Ramallah</g>')],
  ['no role, title, desc', ['form'], chart('', { root: '', head: '' })],
  ['a visit without a title', ['form'], chart('<g id="v1" class="visit planned"><circle cx="40" cy="36" r="8" fill="#222"/></g>')],
  ['an id used twice', ['form'], chart('<g id="a"/><g id="a"/>')],
];

// The same for report pages: fixtures/report.html keeps to the contract, and each change to it breaks one thing.
const PAGE = readFileSync(new URL('fixtures/report.html', import.meta.url), 'utf8');
const ARTICLE = 'Helena Marques arrived in Nairobi and met Joyce Kamau, then flew to Kigali.';
const PAGES = [
  ['a sound page', [], (p) => p],
  ['hovering does nothing', ['light'], (p) => p.replace("['mouseenter', true],", '')],
  ['focus lights up the wrong ones', ['light'], (p) => p.replace('tokens(from).includes(t)', 'true')],
  ['light stays on', ['light'], (p) => p.replace(", ['blur', false]", '')],
  ['a mark without focus', ['keyboard'], (p) => p.replace('tabindex="0" data-visit="v2"', 'data-visit="v2"')],
  ['no visible focus', ['keyboard'], (p) => p.replace('outline: 2px solid currentColor', 'outline: none')],
  ['sorting does nothing', ['sort'], (p) => p.replace('body.append(r)', '0')],
  ['sorting is not told', ['sort'], (p) => p.replace("up ? 'ascending' : 'descending'", "'none'")],
  ['copying commas', ['copy'], (p) => p.replace(".join('\\t')", ".join(',')")],
  ['nothing copies', ['copy'], (p) => p.replace('<button id="copy" type="button">Copy the table</button>', '<i id="copy"></i>')],
  ['too wide for a phone', ['scroll'], (p) => p.replace('<h1>', '<h1 style="width:500px">')],
  ['hidden without script', ['noscript'], (p) => p.replace('<table>', '<table hidden>').replace('<script>', "<script>document.querySelector('table').hidden = false;")],
  ['hidden on paper', ['print'], (p) => p.replace('</style>', '@media print { table { display: none } }</style>')],
  ['too large', ['size'], (p) => p.replace('</style>', `${' '.repeat(1_000_000)}</style>`)],
  ['grey on white', ['axe', 'contrast'], (p) => p.replace('--ink: #1d2430', '--ink: #999')],
  ['grey on black', ['axe', 'contrast'], (p) => p.replace('--ink: #e8eaee', '--ink: #444')],
  ['faint text in a chart', ['contrast'], (p) => p.replace('svg text { fill: var(--ink)', 'svg text { fill: #999')],
  ['no policy', ['csp'], (p) => p.replace(/<meta http-equiv[^>]*>/, '')],
  ['an outside picture', ['request'], (p) => p.replace(/<meta http-equiv[^>]*>/, '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'; script-src \'unsafe-inline\'; img-src *">').replace('</main>', '<img alt="" src="https://example.invalid/x.png"></main>')],
  ['no names for pictures', ['axe'], (p) => p.replace('</main>', '<img src="data:,"></main>')],
  ['a script of the article', ['injected'], (p) => p.replace('</main>', '<script>window.hit=1</script></main>')],
  ['an article that is cut', ['text'], (p) => p.replace(', then <mark', '. <mark')],
  ['an error', ['error'], (p) => p.replace('<script>', '<script>setTimeout(() => { throw new Error("broken") });')],
];

const folder = mkdtempSync(join(tmpdir(), 'portolan-self-test-'));
const browser = await launch();
let [passed, failed] = [0, 0];

function judge(name, expected, problems) {
  const found = [...new Set(problems.map((p) => p.kind))].sort();
  const right = found.join() === expected.toSorted().join();
  if (right) passed++;
  else failed++;
  console.log(`${right ? 'ok  ' : 'FAIL'} ${name}: ${found.join(', ') || 'nothing'}`);
  if (!right) console.log(`     expected ${expected.join(', ') || 'nothing'}; ${JSON.stringify(problems.map((p) => [p.kind, p.words, p.note]))}`);
}

try {
  const visitor = await Visitor.open(browser);
  for (const [name, expected, svg] of CASES) {
    const file = join(folder, 'case.svg');
    writeFileSync(file, svg);
    judge(name, expected, (await measure(visitor, file)).problems);
  }
  for (const [name, expected, change] of PAGES) {
    const file = join(folder, 'case.html');
    const page = change(PAGE);
    if (page === PAGE && expected.length) throw new Error(`the change for "${name}" does not change fixtures/report.html`);
    writeFileSync(file, page);
    const fresh = await Visitor.open(browser);
    judge(name, expected, await measurePage(fresh, file, { article: ARTICLE }));
    await fresh.page.close();
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
