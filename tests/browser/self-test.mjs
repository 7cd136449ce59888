// A check that never fires is worth nothing: each is given a chart that is broken in just one way, and one that is not.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, Visitor } from './lib/browser.mjs';
import { measure } from './lib/chart.mjs';

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

const folder = mkdtempSync(join(tmpdir(), 'portolan-self-test-'));
const browser = await launch();
let failed = 0;
try {
  const visitor = await Visitor.open(browser);
  for (const [name, expected, svg] of CASES) {
    const file = join(folder, 'case.svg');
    writeFileSync(file, svg);
    const { problems } = await measure(visitor, file);
    const found = [...new Set(problems.map((p) => p.kind))].sort();
    const right = found.join() === expected.toSorted().join();
    if (!right) failed++;
    console.log(`${right ? 'ok  ' : 'FAIL'} ${name}: ${found.join(', ') || 'nothing'}${right ? '' : `, expected ${expected.join(', ') || 'nothing'}; ${JSON.stringify(problems.map((p) => [p.kind, p.words, p.note]))}`}`);
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
console.log(`\n${CASES.length - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
