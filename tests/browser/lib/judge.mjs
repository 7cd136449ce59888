// What counts as a problem of a chart. Knows measures and pixels, not the browser.

export const TOLERANCE = {
  /** Two texts may touch by this many pixels. */ overlap: 1,
  /** Text may leave the frame by this many. */ outside: 0.5,
  /** Smallest text, in pixels on the screen. */ size: 11,
  /** WCAG AA. */ contrast: 4.5,
  /** A colour counts as background from this share of a text's box on. */ share: 0.12,
  /** Text with `textLength` may differ from its natural width by this share, where the font that it names is here, */ squeeze: 0.05,
  /** and by this one where letters come from another font than the one that it was measured for. */ squeezeElsewhere: 0.25,
};

/** The kinds of problems, in the order of the table. */
export const KINDS = ['drawing', 'ignored', 'xml', 'overlap', 'outside', 'small', 'contrast', 'disc', 'squeezed', 'cut', 'error', 'request', 'script', 'form'];

const problem = (kind, amount, words, note, boxes = []) => ({ kind, amount, words, note, boxes });

/** All problems of a chart as `inspect` saw it, apart from contrast. */
export function judge(chart, { errors = [], requests = [] } = {}) {
  if (chart.broken) return [problem('xml', 1, chart.broken, 'no valid SVG')];
  return [
    ...overlaps(chart.runs),
    ...outside(chart),
    ...chart.runs.filter((r) => r.size < TOLERANCE.size - 0.01).map((r) => problem('small', TOLERANCE.size - r.size, r.words, `${r.size.toFixed(1)} px`, [r.corners])),
    ...onDiscs(chart),
    ...chart.runs.flatMap(squeezed),
    ...cut(chart.runs),
    ...errors.map((e) => problem('error', 1, e, 'console or page error')),
    ...[...new Set([...requests, ...chart.references])].map((r) => problem('request', 1, r.slice(0, 160), 'outside request or reference')),
    ...chart.scripts.map((s) => problem('script', 1, s, 'script in the chart')),
    ...chart.form.map((f) => problem('form', 1, f, '')),
  ];
}

function overlaps(runs) {
  const found = [];
  const boxes = runs.map((r) => ({ r, left: Math.min(...r.corners.map((c) => c[0])), right: Math.max(...r.corners.map((c) => c[0])) })).sort((a, b) => a.left - b.left);
  boxes.forEach((a, i) => {
    for (let j = i + 1; j < boxes.length && boxes[j].left < a.right - TOLERANCE.overlap; j++) {
      const b = boxes[j];
      if (a.r.inside.includes(b.r.index) || b.r.inside.includes(a.r.index)) continue;
      const depth = penetration(a.r.corners, b.r.corners);
      if (depth > TOLERANCE.overlap) found.push(problem('overlap', depth, `${a.r.words} | ${b.r.words}`, `by ${depth.toFixed(1)} px`, [a.r.corners, b.r.corners]));
    }
  });
  return found;
}

/** By how much two rectangles, turned or not, overlap in the direction where they overlap least; negative where they are apart. */
export function penetration(a, b) {
  let least = Infinity;
  for (const shape of [a, b]) {
    for (const [p, q] of [[shape[0], shape[1]], [shape[1], shape[2]]]) {
      const length = Math.hypot(q[0] - p[0], q[1] - p[1]) || 1;
      const axis = [(q[0] - p[0]) / length, (q[1] - p[1]) / length];
      const along = (s) => s.map((c) => c[0] * axis[0] + c[1] * axis[1]);
      const [x, y] = [along(a), along(b)];
      least = Math.min(least, Math.min(Math.max(...x), Math.max(...y)) - Math.max(Math.min(...x), Math.min(...y)));
    }
  }
  return least;
}

function outside({ runs, width, height }) {
  return runs.flatMap((r) => {
    const by = Math.max(...r.corners.flatMap(([x, y]) => [-x, -y, x - width, y - height]));
    return by > TOLERANCE.outside ? [problem('outside', by, r.words, `by ${by.toFixed(1)} px`, [r.corners])] : [];
  });
}

/** Text on a disc or under one. A number in the middle of a disc is that disc's own. */
function onDiscs({ runs, discs }) {
  const found = [];
  for (const r of runs) {
    const xs = r.corners.map((c) => c[0]);
    const ys = r.corners.map((c) => c[1]);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    for (const d of discs) {
      const centred = Math.hypot((left + right) / 2 - d.x, (top + bottom) / 2 - d.y) < 0.45 * d.r;
      if (centred && r.words.length <= 5) continue;
      const distance = Math.hypot(d.x - Math.min(Math.max(d.x, left), right), d.y - Math.min(Math.max(d.y, top), bottom));
      const by = d.r - distance;
      if (by > TOLERANCE.overlap) {
        const ring = [[d.x - d.r, d.y - d.r], [d.x + d.r, d.y - d.r], [d.x + d.r, d.y + d.r], [d.x - d.r, d.y + d.r]];
        found.push(problem('disc', by, r.words, `${by.toFixed(1)} px on the disc of ${d.path || 'the chart'}`, [r.corners, ring]));
        break;
      }
    }
  }
  return found;
}

const WESTERN = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Common}\p{Script=Inherited}]*$/u;

function squeezed(r) {
  if (!r.squeezed) return [];
  const { set, free } = r.squeezed;
  const off = Math.abs(free / set - 1);
  const allowed = r.fontHere && WESTERN.test(r.words) ? TOLERANCE.squeeze : TOLERANCE.squeezeElsewhere;
  return off > allowed ? [problem('squeezed', off * 100, r.words, `${free.toFixed(0)} px wide, set to ${set.toFixed(0)}`, [r.corners])] : [];
}

function cut(runs) {
  return runs.flatMap((r) => {
    const by = Math.max(0, ...r.clips.map((clip) => {
      const xs = clip.map((c) => c[0]);
      const ys = clip.map((c) => c[1]);
      return Math.max(...r.corners.flatMap(([x, y]) => [Math.min(...xs) - x, x - Math.max(...xs), Math.min(...ys) - y, y - Math.max(...ys)]));
    }));
    return by > TOLERANCE.overlap ? [problem('cut', by, r.words, `by ${by.toFixed(1)} px, by a clip path or an inner <svg>`, [r.corners])] : [];
  });
}

/** Text whose colour is too near to what is behind it, by a picture (pngjs) of the chart without its texts. */
export function contrasts({ runs }, picture) {
  return runs.flatMap((r) => {
    const ink = colour(r.fill);
    if (!ink) return [];
    const behind = r.halo ? [colour(r.halo)] : common(picture, r.corners).slice(0, r.struck ? 1 : undefined);
    const worst = Math.min(...behind.filter(Boolean).map((b) => ratio(blend(ink, b, r.fillOpacity * ink.alpha), b)));
    return worst < TOLERANCE.contrast - 0.005 ? [problem('contrast', TOLERANCE.contrast - worst, r.words, `${worst.toFixed(2)}:1${r.halo ? ' on its halo' : ''}`, [r.corners])] : [];
  });
}

/** The colours that each cover a fair share of a box; at least the most frequent one. */
function common(picture, corners) {
  const clamp = (v, most) => Math.min(Math.max(Math.round(v), 0), most);
  const xs = corners.map((c) => c[0]);
  const ys = corners.map((c) => c[1]);
  const [left, right] = [clamp(Math.min(...xs), picture.width), clamp(Math.max(...xs), picture.width)];
  const [top, bottom] = [clamp(Math.min(...ys), picture.height), clamp(Math.max(...ys), picture.height)];
  const counts = new Map();
  let all = 0;
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const i = (y * picture.width + x) * 4;
      const [red, green, blue] = [picture.data[i], picture.data[i + 1], picture.data[i + 2]];
      const key = ((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3);
      const seen = counts.get(key);
      if (seen) seen.n++;
      else counts.set(key, { n: 1, red, green, blue });
      all++;
    }
  }
  const sorted = [...counts.values()].sort((a, b) => b.n - a.n);
  return sorted.filter((c, i) => i === 0 || c.n >= all * TOLERANCE.share);
}

/** `rgb(1, 2, 3)`, `rgba(…, 0.5)` or `color(srgb …)`, as getComputedStyle gives it. */
export function colour(css) {
  const n = css?.match(/[\d.]+(?:e-?\d+)?/g)?.map(Number);
  if (!n || n.length < 3 || /^url/.test(css)) return null;
  const unit = /^color\(/.test(css) ? 255 : 1;
  return { red: n[0] * unit, green: n[1] * unit, blue: n[2] * unit, alpha: n[3] ?? 1 };
}

function blend(over, under, alpha) {
  const mix = (a, b) => a * alpha + b * (1 - alpha);
  return { red: mix(over.red, under.red), green: mix(over.green, under.green), blue: mix(over.blue, under.blue) };
}

/** Contrast ratio of two colours, WCAG 2. */
export function ratio(a, b) {
  const part = (v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4);
  const light = ({ red, green, blue }) => 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
  const [x, y] = [light(a), light(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}
