// A report page as a reader uses it: mouse, keyboard, narrow window, paper, no script, dark room, screen reader.
// Each check takes a page that is open and returns problems. What the page has to keep to is in README.md.

import { createRequire } from 'node:module';
import { readFileSync, statSync } from 'node:fs';
import { PNG } from 'pngjs';
import { contrasts } from './judge.mjs';

export const PAGE_KINDS = ['drawing', 'error', 'request', 'size', 'csp', 'light', 'sort', 'copy', 'scroll', 'noscript', 'print', 'contrast', 'keyboard', 'axe', 'injected', 'text'];

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const problem = (kind, words, note = '', amount = 1) => ({ kind, amount, words, note, boxes: [] });

/** Runs all checks on a page file. `article` is the text that the page has to show, if it was made from one. */
export async function measurePage(visitor, file, { article = null } = {}) {
  const { page } = visitor;
  const problems = [];
  const devtools = await page.createCDPSession();
  const open = async ({ width = 1200, scheme = 'light', script = true, media = 'screen' } = {}) => {
    await page.setJavaScriptEnabled(script);
    await page.setViewport({ width, height: 900 });
    // Both at once: puppeteer's own calls for medium and features reset each other.
    await devtools.send('Emulation.setEmulatedMedia', { media, features: [{ name: 'prefers-color-scheme', value: scheme }, { name: 'prefers-reduced-motion', value: 'reduce' }] });
    await visitor.go(file);
  };
  const own = () => [
    ...visitor.errors.map((e) => problem('error', e)),
    ...[...new Set(visitor.requests)].map((r) => problem('request', r.slice(0, 160))),
  ];

  await page.evaluateOnNewDocument(stubClipboard);
  await open();
  if (statSync(file).size >= 1_000_000) problems.push(problem('size', `${statSync(file).size} bytes`, 'a report stays under 1 MB'));
  problems.push(...(await page.evaluate(wholesome)).map(([kind, words, note]) => problem(kind, words, note)));
  if (article) problems.push(...await shows(page, article));
  problems.push(...await lighting(page), ...own());
  await open();
  problems.push(...await sorting(page), ...await copying(page));
  await open();
  problems.push(...await keyboard(page), ...own());
  for (const width of [360, 1600]) {
    await open({ width });
    problems.push(...(await page.evaluate(tooWide)).map((w) => problem('scroll', w, `at ${width} px`)));
  }
  for (const scheme of ['light', 'dark']) {
    await open({ scheme });
    problems.push(...await contrast(page, scheme), ...await axe(page, scheme));
  }
  await open({ media: 'print' });
  problems.push(...(await page.evaluate(hidden, 'print')).map((w) => problem('print', w, 'not on paper')), ...await pdf(page));
  await open({ script: false });
  problems.push(...(await page.evaluate(hidden, 'noscript')).map((w) => problem('noscript', w, 'hidden without script')));
  await open();
  return problems;
}

function stubClipboard() {
  window.copiedByTest = [];
  const clipboard = { writeText: async (text) => void window.copiedByTest.push(text), write: async () => {} };
  Object.defineProperty(navigator, 'clipboard', { configurable: true, get: () => clipboard });
}

/** Policy, language, title, and nothing that runs which came in with the text. */
function wholesome() {
  const found = [];
  const policy = document.querySelector('meta[http-equiv="Content-Security-Policy" i]')?.content;
  if (!policy) found.push(['csp', 'no content security policy', '']);
  else if (!/default-src\s+'none'/.test(policy)) found.push(['csp', policy, "default-src is not 'none'"]);
  if (window.hit !== undefined) found.push(['injected', 'a script of the article ran', '']);
  for (const e of document.querySelectorAll('*')) {
    for (const { name, value } of e.attributes) {
      if (/^on/i.test(name)) found.push(['injected', `${name}="${value}"`, `handler in <${e.localName}>`]);
      if (/^(href|src|action)$/i.test(name) && /^\s*javascript:/i.test(value)) found.push(['injected', value, `in <${e.localName}>`]);
    }
  }
  for (const s of document.scripts) if (/window\.hit/.test(s.textContent)) found.push(['injected', s.textContent.slice(0, 80), '<script>']);
  return found;
}

/** The words of an article as they can be compared: without the control characters that no page shows, white space as one blank. */
const plain = (text) => text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]/g, '').replace(/\s+/g, ' ').trim();

async function shows(page, article) {
  // Labels for screen readers and footnote marks are the page's own words, not the article's.
  const text = plain(await page.evaluate(() => {
    const copy = document.body.cloneNode(true);
    copy.querySelectorAll('script, style, .visually-hidden, .sr-only, sup, svg').forEach((e) => e.remove());
    return copy.textContent;
  }));
  return article.split(/\n\s*\n/).map(plain).filter((p) => p && !text.includes(p)).map((p) => problem('text', p.slice(0, 140), 'a paragraph of the article is not on the page as it was written'));
}

/** Hovering and focusing marks, rows and groups of charts lights up all that belong to the same visit or meeting, and nothing else. */
async function lighting(page) {
  const problems = [];
  const all = await page.evaluate(() => {
    const LINKED = '[data-visit], [data-meeting]';
    const kindOf = (e) => (e.closest('svg') ? 'chart' : e.localName === 'tr' ? 'row' : 'mark');
    window.linkedByTest = [...document.querySelectorAll(LINKED)].filter((e) => e.checkVisibility());
    window.tokensOfTest = (e) => ['visit', 'meeting'].flatMap((k) => (e.dataset[k] ?? '').split(/\s+/).filter(Boolean).map((t) => `${k} ${t}`));
    return window.linkedByTest.map((e, i) => ({ i, kind: kindOf(e), tokens: window.tokensOfTest(e), focusable: e.tabIndex >= 0 }));
  });
  if (!all.length) return problems;
  // Some of each kind, and each visit and meeting at least once.
  const chosen = new Set();
  for (const kind of ['mark', 'row', 'chart']) all.filter((e) => e.kind === kind).slice(0, 6).forEach((e) => chosen.add(e.i));
  const told = new Set([...chosen].flatMap((i) => all[i].tokens));
  for (const e of all) if (e.tokens.some((t) => !told.has(t)) && chosen.size < 40) { chosen.add(e.i); e.tokens.forEach((t) => told.add(t)); }

  const state = (i) => page.evaluate((index) => {
    const mine = new Set(window.tokensOfTest(window.linkedByTest[index]));
    const shares = (e) => window.tokensOfTest(e).some((t) => mine.has(t));
    const dark = window.linkedByTest.filter((e) => shares(e) && !e.classList.contains('lit'));
    const wrong = [...document.querySelectorAll('.lit')].filter((e) => e.matches('[data-visit], [data-meeting]') && !shares(e));
    const name = (e) => `<${e.localName}${e.id ? `#${e.id}` : ''}> ${window.tokensOfTest(e).join(', ')}`;
    return { dark: dark.map(name), wrong: wrong.map(name) };
  }, i);
  const judge = async (e, how) => {
    const { dark, wrong } = await state(e.i);
    if (dark.length) problems.push(problem('light', `${e.kind} ${e.tokens.join(', ')}: ${dark.length} stay dark, such as ${dark[0]}`, how, dark.length));
    if (wrong.length) problems.push(problem('light', `${e.kind} ${e.tokens.join(', ')}: lights up ${wrong[0]} too`, how, wrong.length));
  };
  const gone = () => page.evaluate(() => document.querySelectorAll('.lit').length);

  for (const i of [...chosen].sort((a, b) => a - b)) {
    const e = all[i];
    const point = await page.evaluate((index) => {
      const target = window.linkedByTest[index];
      target.scrollIntoView({ block: 'center', inline: 'center' });
      for (const part of [target, ...target.querySelectorAll('*')]) {
        for (const r of part.getClientRects()) {
          for (const [fx, fy] of [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.15], [0.5, 0.85], [0.03, 0.03]]) {
            const [x, y] = [r.left + r.width * fx, r.top + r.height * fy];
            if (document.elementFromPoint(x, y)?.closest('[data-visit], [data-meeting]') === target) return [x, y];
          }
        }
      }
      return null;
    }, i);
    if (point) {
      await page.mouse.move(...point);
      await judge(e, 'hover');
      await page.mouse.move(0, 0);
      await page.evaluate(() => window.scrollTo(0, 0));
    } else if (!await page.evaluate((index) => window.linkedByTest[index].querySelector('[data-visit], [data-meeting]') !== null, i)) {
      problems.push(problem('light', `${e.kind} ${e.tokens.join(', ')}`, 'no point of it can be reached with the mouse'));
    }
    if (e.focusable) {
      await page.evaluate((index) => window.linkedByTest[index].focus(), i);
      await judge(e, 'focus');
      await page.evaluate(() => document.activeElement?.blur());
      await page.mouse.move(0, 0);
      if (await gone()) problems.push(problem('light', `${e.kind} ${e.tokens.join(', ')}`, 'still lit after the focus has left'));
    } else if (e.kind !== 'row') problems.push(problem('keyboard', `${e.kind} ${e.tokens.join(', ')}`, 'cannot have the focus'));
  }
  return problems;
}

async function sorting(page) {
  const tables = await page.evaluate(() => [...document.querySelectorAll('table')].map((t) => ({ rows: t.tBodies[0]?.rows.length ?? 0, visits: t.querySelector('tr[data-visit]') !== null, buttons: t.querySelectorAll('th button').length })));
  const problems = [];
  tables.forEach((t, i) => t.visits && !t.buttons && problems.push(problem('sort', `table ${i + 1} of the page`, 'the table of stops has no headings that sort')));
  for (const [i, t] of tables.entries()) {
    for (let b = 0; b < t.buttons; b++) {
      const press = () => page.evaluate((index, button) => {
        const table = document.querySelectorAll('table')[index];
        const th = table.querySelectorAll('th button')[button].closest('th');
        th.querySelector('button').click();
        const column = th.cellIndex;
        const rows = [...table.tBodies[0].rows];
        return {
          sort: th.getAttribute('aria-sort'), heading: th.innerText.trim(),
          sorted: [...table.querySelectorAll('th[aria-sort]')].filter((h) => h.getAttribute('aria-sort') !== 'none').length,
          rows: rows.map((r) => r.textContent).sort(),
          keys: rows.map((r) => r.cells[column]).map((c) => c?.dataset.sort ?? c?.dataset.key ?? c?.textContent.trim() ?? '').filter((k) => !['', '—', '–', '-'].includes(k)),
        };
      }, i, b);
      const first = await press();
      const second = await press();
      const wrong = (note) => problems.push(problem('sort', first.heading || `heading ${b + 1}`, note));
      if (!['ascending', 'descending'].includes(first.sort)) wrong(`aria-sort is ${first.sort} after a click`);
      else if (first.sort === second.sort) wrong('a second click does not turn the order');
      if (first.sorted > 1) wrong('two headings say that they sort');
      if (first.rows.join('\n') !== second.rows.join('\n')) wrong('rows are lost or doubled');
      if (first.keys.join('\n') !== second.keys.toReversed().join('\n') && new Set(first.keys).size === first.keys.length) wrong('the two orders are not each other’s reverse');
    }
  }
  return problems;
}

async function copying(page) {
  const results = await page.evaluate(async () => {
    const buttons = [...document.querySelectorAll('button')].filter((b) => /copy/i.test(`${b.textContent} ${b.ariaLabel ?? ''} ${b.id} ${b.className}`) || 'copy' in b.dataset);
    const found = [];
    for (const b of buttons) {
      window.copiedByTest = [];
      b.click();
      await new Promise((r) => setTimeout(r, 50));
      found.push({ name: b.textContent.trim() || b.ariaLabel, copied: window.copiedByTest });
    }
    const stops = [...document.querySelectorAll('table')].filter((t) => t.querySelector('tr[data-visit]')).map((t) => [...t.rows].map((r) => [...r.cells].map((c) => c.innerText.trim())));
    return { found, stops };
  });
  const { found, stops } = results;
  if (stops.length && !found.length) return [problem('copy', 'the table of stops', 'no button copies it')];
  const problems = [];
  for (const { name, copied } of found) {
    if (copied.length !== 1) { problems.push(problem('copy', name, `${copied.length} texts in the clipboard`)); continue; }
    const lines = copied[0].replace(/\n$/, '').split(/\r?\n/).map((l) => l.split('\t'));
    if (lines.some((l) => l.length !== lines[0].length) || lines[0].length < 2) problems.push(problem('copy', name, 'the rows have different numbers of cells'));
  }
  if (stops.length && !found.some(({ copied }) => copied[0]?.replace(/\n$/, '').split(/\r?\n/).length === stops[0].length)) problems.push(problem('copy', 'the table of stops', `no copy has its ${stops[0].length} rows`));
  return problems;
}

/** Tab alone reaches everything that lights up, in a bounded number of steps, and shows where it is. */
async function keyboard(page) {
  const problems = [];
  const count = await page.evaluate(() => {
    document.activeElement?.blur();
    window.wantedByTest = new Set([...document.querySelectorAll('[data-visit], [data-meeting]')].filter((e) => e.localName !== 'tr' && e.checkVisibility()));
    window.invisibleByTest = new Set();
    return window.wantedByTest.size;
  });
  const steps = Math.min(600, count + 200);
  for (let i = 0; i < steps; i++) {
    await page.keyboard.press('Tab');
    const end = await page.evaluate(() => {
      const e = document.activeElement;
      if (!e || e === document.body || e === document.documentElement) return true;
      const style = getComputedStyle(e);
      const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 && !/rgba\(.*, 0\)|transparent/.test(style.outlineColor);
      const inner = [...e.querySelectorAll('*')].some((x) => x.closest('svg') && parseFloat(getComputedStyle(x).outlineWidth) >= 1 && getComputedStyle(x).outlineStyle !== 'none');
      if (!outlined && style.boxShadow === 'none' && !inner) window.invisibleByTest.add(`<${e.localName}> ${e.textContent.trim().slice(0, 60)}`);
      window.wantedByTest.delete(e);
      return false;
    });
    if (end) break;
  }
  const { left, invisible } = await page.evaluate(() => ({
    left: [...window.wantedByTest].map((e) => `<${e.localName}> ${e.dataset.visit ?? e.dataset.meeting} ${e.textContent.trim().slice(0, 60)}`), invisible: [...window.invisibleByTest],
  }));
  problems.push(...left.map((w) => problem('keyboard', w, 'Tab does not reach it')), ...invisible.map((w) => problem('keyboard', w, 'the focus is not visible')));
  return problems;
}

function tooWide() {
  const most = document.scrollingElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= most) return [];
  const scrolls = (e) => { for (let up = e.parentElement; up && up !== document.body; up = up.parentElement) if (getComputedStyle(up).overflowX !== 'visible') return true; return false; };
  const wide = [...document.body.querySelectorAll('*')].filter((e) => !e.closest('svg *') && e.getBoundingClientRect().right > most + 0.5 && !scrolls(e));
  const deepest = wide.filter((e) => !wide.some((o) => o !== e && e.contains(o)));
  return [`the page is ${document.scrollingElement.scrollWidth} px wide: ${deepest.slice(0, 3).map((e) => `<${e.localName}${e.className && typeof e.className === 'string' ? `.${e.className.split(' ')[0]}` : ''}> ${e.textContent.trim().slice(0, 40)}`).join('; ')}`];
}

/** Text that cannot be seen. Buttons are of no use on paper or without script; a closed <details> opens without script, but not on paper. */
function hidden(where) {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    const words = walker.currentNode.data.trim();
    if (!words || e.closest('script, style, template, noscript, button, nav, svg title, svg desc, svg style, svg defs, datalist, option, .no-print, [aria-live]')) continue;
    if (where === 'noscript' && e.closest('details:not([open])')) continue;
    if (!e.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) found.push(words.slice(0, 80));
  }
  const charts = [...document.querySelectorAll('svg')].filter((s) => s.querySelector('g.visit') && !s.checkVisibility() && !s.closest('details:not([open])'));
  return [...found, ...charts.map((s) => `a chart: ${s.querySelector('title')?.textContent ?? ''}`)];
}

async function pdf(page) {
  try {
    const bytes = Buffer.from(await page.pdf({ format: 'A4', printBackground: true }));
    return bytes.subarray(0, 5).toString('latin1') === '%PDF-' ? [] : [problem('print', 'no PDF came of it')];
  } catch (error) {
    return [problem('print', String(error.message), 'page.pdf() failed')];
  }
}

async function contrast(page, scheme) {
  const height = Math.min(await page.evaluate(() => document.documentElement.scrollHeight), 12_000);
  await page.setViewport({ width: 1200, height });
  const runs = await page.evaluate(() => {
    window.scrollTo(0, 0);
    const opacityOf = (e) => { let all = 1; for (let up = e; up; up = up.parentElement) all *= Number(getComputedStyle(up).opacity); return all; };
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const e = node.parentElement;
      const words = node.data.trim();
      if (!words || e.closest('script, style, template, noscript, title, desc, defs') || !e.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue;
      const style = getComputedStyle(e);
      const drawing = e.closest('svg') !== null;
      const range = document.createRange();
      range.selectNodeContents(node);
      const halo = drawing && style.stroke !== 'none' && parseFloat(style.strokeWidth) >= 2 && /^stroke/.test(style.paintOrder);
      for (const r of range.getClientRects()) {
        // Labels for screen readers are clipped to a pixel, and what is in a box that scrolls may lie outside the picture.
        if (r.width < 2 || r.height < 2 || r.left < 0 || r.right > innerWidth || r.bottom > innerHeight) continue;
        if (e.closest('.visually-hidden, .sr-only')) continue;
        const inset = r.height * 0.2;
        found.push({ words, corners: [[r.left, r.top + inset], [r.right, r.top + inset], [r.right, r.bottom - inset], [r.left, r.bottom - inset]], fill: drawing ? style.fill : style.color, fillOpacity: (drawing ? Number(style.fillOpacity) : 1) * opacityOf(e), halo: halo ? style.stroke : null, struck: drawing && words.length <= 5 && e.closest('.cancelled') !== null });
      }
    }
    // A sheet made by script is no inline style, so that the page's policy stays as it is.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('*:not(svg, svg *) { color: transparent !important; -webkit-text-fill-color: transparent !important; text-decoration-color: transparent !important; text-shadow: none !important; transition: none !important } svg text, svg text * { visibility: hidden !important } ::marker { color: transparent !important }');
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return found;
  });
  const picture = PNG.sync.read(Buffer.from(await page.screenshot({ type: 'png', optimizeForSpeed: true })));
  return contrasts({ runs }, picture).map((p) => ({ ...p, note: `${p.note}, ${scheme}` }));
}

async function axe(page, scheme) {
  await page.evaluate(() => { document.adoptedStyleSheets = []; });
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => (await window.axe.run(document, { resultTypes: ['violations'] })).violations.map((v) => ({ id: v.id, impact: v.impact, help: v.help, nodes: v.nodes.map((n) => n.html.slice(0, 100)) })));
  return violations.filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) => problem('axe', `${v.id}: ${v.nodes[0]}`, `${v.help}, ${v.nodes.length} times, ${v.impact}, ${scheme}`, v.nodes.length));
}
