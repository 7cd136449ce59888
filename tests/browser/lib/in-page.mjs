// What is asked inside the browser. Each function is sent to the page as it stands, so that it may use nothing from outside.

/**
 * Everything that the judges need to know about a chart: the frame, each run of text with its corners on the screen, and discs.
 *
 * A run is a <text>, <tspan> or <textPath> that holds words itself. Its box is as wide as getBBox says; its height is that of the
 * letters and not of the line: from 0.8 of the font's size above the baseline to 0.2 below it, as `Label::rect` in src/chart/mod.rs.
 */
export function inspect() {
  const root = document.documentElement;
  if (document.querySelector('parsererror')) return { broken: document.querySelector('parsererror').textContent.trim().slice(0, 300) };
  if (root.localName !== 'svg') return { broken: `the root element is <${root.localName}>, not <svg>` };

  const view = root.viewBox.baseVal;
  const natural = (length, fallback) => (length.unitType === SVGLength.SVG_LENGTHTYPE_PERCENTAGE ? fallback : length.value);
  const width = natural(root.width.baseVal, view?.width ?? 1200);
  const height = natural(root.height.baseVal, view?.height ?? 800);

  const corners = (m, x, y, w, h) => [[x, y], [x + w, y], [x + w, y + h], [x, y + h]].map(([px, py]) => [m.a * px + m.c * py + m.e, m.b * px + m.d * py + m.f]);
  const scaleOf = (m) => Math.sqrt(Math.abs(m.a * m.d - m.b * m.c));
  const INERT = 'defs,clipPath,mask,pattern,marker,symbol,title,desc,style,metadata';
  const shown = (e) => {
    if (e.closest(INERT)) return false;
    const style = getComputedStyle(e);
    if (style.visibility !== 'visible') return false;
    for (let up = e; up && up.nodeType === 1; up = up.parentElement) {
      const s = getComputedStyle(up);
      if (s.display === 'none' || Number(s.opacity) === 0) return false;
    }
    return true;
  };
  const opacityOf = (e) => {
    let all = 1;
    for (let up = e; up && up.nodeType === 1; up = up.parentElement) all *= Number(getComputedStyle(up).opacity);
    return all;
  };
  const path = (e) => {
    const names = [];
    for (let up = e; up && up !== root; up = up.parentElement) if (up.id || up.getAttribute('class')) names.unshift(`${up.localName}${up.id ? `#${up.id}` : `.${up.getAttribute('class').trim().split(/\s+/)[0]}`}`);
    return names.join(' ');
  };

  // Whether the first family that a text names is here: embedded and loaded, or installed.
  const canvas = document.createElementNS('http://www.w3.org/1999/xhtml', 'canvas').getContext('2d');
  const known = new Map();
  const present = (families) => {
    const first = families.split(',')[0].trim().replace(/^["']|["']$/g, '');
    if (!known.has(first)) {
      const embedded = [...document.fonts].some((f) => f.family.replace(/^["']|["']$/g, '') === first && f.status === 'loaded');
      const measure = (family) => { canvas.font = `40px ${family}`; return canvas.measureText('Ramallah, Wij 0123').width; };
      known.set(first, embedded || ['monospace', 'serif', 'sans-serif'].filter((f) => Math.abs(measure(`"${first}", ${f}`) - measure(f)) > 0.5).length >= 2);
    }
    return known.get(first);
  };

  // Clips that text can be cut by: [corners of the clip's box] for each ancestor that has one.
  const clipsOf = (e) => {
    const found = [];
    for (let up = e; up && up !== root && up.nodeType === 1; up = up.parentElement) {
      const id = /url\(["']?#([^"')]+)/.exec(getComputedStyle(up).clipPath)?.[1];
      const clip = id && document.getElementById(id);
      if (clip && clip.clipPathUnits.baseVal === SVGUnitTypes.SVG_UNIT_TYPE_USERSPACEONUSE) {
        for (const shape of clip.children) {
          if (!shape.getBBox) continue;
          const b = shape.getBBox();
          found.push(corners(up.getScreenCTM(), b.x, b.y, b.width, b.height));
        }
      }
      if (up.localName === 'svg' && getComputedStyle(up).overflow !== 'visible') {
        const r = up.getBoundingClientRect();
        found.push([[r.left, r.top], [r.right, r.top], [r.right, r.bottom], [r.left, r.bottom]]);
      }
    }
    return found;
  };

  const runs = [];
  const elements = [...document.querySelectorAll('text, text tspan, text textPath')];
  elements.forEach((e, index) => {
    const words = [...e.childNodes].filter((n) => n.nodeType === 3 || n.nodeType === 4).map((n) => n.data).join('').trim();
    if (!words || !shown(e) || e.getNumberOfChars() === 0) return;
    const style = getComputedStyle(e);
    const size = parseFloat(style.fontSize);
    const m = e.getScreenCTM();
    const box = e.getBBox();
    if (box.width <= 0) return;
    const plain = ['auto', 'alphabetic', ''].includes(style.dominantBaseline) && !e.closest('textPath');
    const top = plain ? e.getStartPositionOfChar(0).y - 0.8 * size : box.y + box.height / 2 - 0.5 * size;
    const haloWidth = parseFloat(style.strokeWidth);
    const halo = style.stroke !== 'none' && haloWidth >= 2 && /stroke/.test(style.paintOrder) && !/^(normal|fill)/.test(style.paintOrder) && Number(style.strokeOpacity) > 0.8;
    const squeezed = [];
    const holder = e.closest('[textLength]');
    if (holder) {
      const set = holder.textLength.baseVal.value;
      const kept = holder.getAttribute('textLength');
      holder.removeAttribute('textLength');
      const free = holder.getComputedTextLength();
      holder.setAttribute('textLength', kept);
      squeezed.push({ set, free });
    }
    runs.push({
      words, index, path: path(e), inside: elements.flatMap((o, i) => (o !== e && o.contains(e) ? [i] : [])),
      size: size * scaleOf(m), corners: corners(m, box.x, top, box.width, size), fill: style.fill, fillOpacity: Number(style.fillOpacity) * opacityOf(e),
      halo: halo ? style.stroke : null, squeezed: squeezed[0] ?? null, fontHere: present(style.fontFamily), family: style.fontFamily.split(',')[0], clips: clipsOf(e),
      // The number of a cancelled stop is struck through on purpose: the stroke is not its background.
      struck: words.length <= 5 && e.closest('.cancelled') !== null,
    });
  });

  const discs = [];
  for (const e of document.querySelectorAll('circle')) {
    const style = getComputedStyle(e);
    if (!shown(e) || style.fill === 'none' || Number(style.fillOpacity) * opacityOf(e) < 0.3) continue;
    const m = e.getScreenCTM();
    const r = e.r.baseVal.value * scaleOf(m);
    // Dots are no discs, and what is larger is a globe or the frame of an inset.
    if (r < 2.5 || r > 40) continue;
    const { cx, cy } = { cx: e.cx.baseVal.value, cy: e.cy.baseVal.value };
    discs.push({ x: m.a * cx + m.c * cy + m.e, y: m.b * cx + m.d * cy + m.f, r, path: path(e) });
  }

  // What makes it a good citizen.
  const form = [];
  const direct = (e, name) => [...e.children].find((c) => c.localName === name && c.textContent.trim());
  if (root.getAttribute('role') !== 'img') form.push('the root has no role="img"');
  if (!view || !view.width) form.push('no viewBox');
  if (!direct(root, 'title')) form.push('no <title>');
  if (!direct(root, 'desc')) form.push('no <desc>');
  for (const g of document.querySelectorAll('g.visit')) {
    if (!g.id) form.push(`a visit's group has no id: ${path(g)}`);
    if (!direct(g, 'title')) form.push(`no <title> in ${path(g)}`);
  }
  const ids = new Set();
  for (const e of document.querySelectorAll('[id]')) {
    if (ids.has(e.id)) form.push(`id used twice: ${e.id}`);
    ids.add(e.id);
  }
  const scripts = [];
  const references = [];
  const outside = (value) => !/^\s*(#|data:)/.test(value);
  for (const e of document.querySelectorAll('*')) {
    if (/^(script|iframe|object|embed|foreignObject)$/.test(e.localName)) scripts.push(`<${e.localName}>`);
    for (const { localName, value } of e.attributes) {
      if (/^on/i.test(localName)) scripts.push(`${localName} of <${e.localName}>`);
      if (/^(href|src)$/.test(localName) && outside(value)) references.push(value);
      for (const [, url] of value.matchAll(/url\(\s*["']?([^"')]*)/g)) if (localName !== 'd' && outside(url)) references.push(url);
    }
    if (e.localName === 'style') {
      for (const [, url] of e.textContent.matchAll(/url\(\s*["']?([^"')]*)/g)) if (outside(url)) references.push(url);
      if (/@import/i.test(e.textContent)) references.push('@import');
    }
  }
  if (window.hit !== undefined) scripts.push('a script of the document ran (window.hit is set)');
  return { width, height, runs, discs, form, scripts, references, words: root.textContent };
}

/** Hides all text, so that a picture shows what is behind it. */
export function hideText() {
  const style = document.createElementNS('http://www.w3.org/2000/svg', 'style');
  style.id = 'portolan-check';
  style.textContent = 'text, text * { visibility: hidden !important }';
  document.documentElement.append(style);
}

/** Shows text again and frames what was found, for the picture that a person looks at. */
export function mark(boxes) {
  document.getElementById('portolan-check')?.remove();
  const NS = 'http://www.w3.org/2000/svg';
  const back = document.documentElement.getScreenCTM().inverse();
  for (const box of boxes) {
    const outline = document.createElementNS(NS, 'polygon');
    outline.setAttribute('points', box.map(([x, y]) => `${back.a * x + back.c * y + back.e},${back.b * x + back.d * y + back.f}`).join(' '));
    outline.setAttribute('style', 'fill: rgba(255, 0, 60, .12); stroke: #ff003c; stroke-width: 1.2px; stroke-dasharray: none; opacity: 1');
    document.documentElement.append(outline);
  }
}
