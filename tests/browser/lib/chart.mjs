// Measures one chart in a page.

import { PNG } from 'pngjs';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { hideText, inspect, mark } from './in-page.mjs';
import { contrasts, judge } from './judge.mjs';

const TALLEST = 8000;

/** Opens an SVG file and returns its problems, words, width and the colour of its paper. With `keep`, a chart with problems is kept there, with a picture. */
export async function measure(visitor, file, keep) {
  await visitor.go(file);
  const { page } = visitor;
  // Embedded fonts come after the page has loaded, and letters are measured with them.
  await page.evaluate(() => Promise.allSettled([...document.fonts].map((f) => f.load())).then(() => null));
  let chart = await page.evaluate(inspect);
  if (chart.broken) return finish(visitor, file, chart, judge(chart, visitor), keep);
  // The chart at its own size, once its measures are known.
  const viewport = { width: Math.ceil(chart.width), height: Math.min(Math.ceil(chart.height), TALLEST) };
  const before = page.viewport();
  if (before?.width !== viewport.width || before?.height !== viewport.height) {
    await page.setViewport(viewport);
    chart = await page.evaluate(inspect);
  }
  await page.evaluate(hideText);
  const picture = PNG.sync.read(Buffer.from(await page.screenshot({ type: 'png', optimizeForSpeed: true })));
  const drawn = { ...chart, runs: chart.runs.filter((r) => r.corners.every((c) => c[1] < viewport.height)) };
  return finish(visitor, file, chart, [...judge(chart, visitor), ...contrasts(drawn, picture)], keep, [...picture.data.subarray(0, 3)]);
}

async function finish(visitor, file, chart, problems, keep, paper = null) {
  if (problems.length && keep) {
    mkdirSync(keep, { recursive: true });
    copyFileSync(file, join(keep, basename(file)));
    if (!chart.broken) await visitor.page.evaluate(mark, problems.flatMap((p) => p.boxes).slice(0, 400));
    writeFileSync(join(keep, `${basename(file, '.svg')}.png`), await visitor.page.screenshot({ type: 'png', optimizeForSpeed: true }));
  }
  return { problems, words: chart.words ?? '', width: chart.width, paper };
}
