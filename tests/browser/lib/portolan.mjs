// The program under test: what it can draw, and drawing with it.

import { execFile } from 'node:child_process';

/** Runs a program; never throws. `code` is null where a signal or the guard against hanging ended it. */
export function run(program, args, { seconds = 120 } = {}) {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: seconds * 1000, maxBuffer: 1 << 28, killSignal: 'SIGKILL' }, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === 'number' ? error.code : null) : 0;
      resolve({ code, stdout, stderr, hung: Boolean(error?.killed), missing: error?.code === 'ENOENT' });
    });
  });
}

export const CHARTS = ['timeline', 'route', 'graph', 'comparison'];

/**
 * How each chart may be drawn. A row is used as soon as `draw --help` names the options that it needs. Rows for hard documents
 * only are those where another article adds nothing but time.
 */
export const VARIANTS = [
  { name: '', args: [], charts: CHARTS },
  { name: 'list', args: ['--layout', 'list'], charts: ['timeline'] },
  { name: 'list-360', args: ['--layout', 'list', '--width', '360'], charts: ['timeline'] },
  // A graph takes the width that its three columns need.
  { name: '640', args: ['--width', '640'], charts: CHARTS.filter((c) => c !== 'graph') },
  { name: '1600', args: ['--width', '1600'], charts: CHARTS, hard: true },
  { name: 'dark', args: ['--theme', 'dark'], charts: CHARTS },
  { name: 'print', args: ['--theme', 'print'], charts: CHARTS, hard: true },
  { name: 'list-dark', args: ['--layout', 'list', '--theme', 'dark'], charts: ['timeline'], hard: true },
  { name: 'title', args: ['--title', 'A <b>title</b> & an editor’s own words ]]> that are long enough to need a second line on most of the charts, even on the widest of all'], charts: CHARTS, hard: true },
  { name: 'embed-font', args: ['--embed-font'], charts: CHARTS, hard: true },
];

/** The forms other than SVG, looked at as files. */
export const FORMS = [
  { ending: 'png', args: ['--scale', '1'], needs: ['--scale'] },
  { ending: 'png', name: '2x', args: ['--scale', '2'], needs: ['--scale'], scale: 2 },
  { ending: 'pdf', args: [], needs: ['--scale'] },
];

/** What this program offers: the options of `draw`, and whether there is `report`. */
export async function probe(program) {
  const help = await run(program, ['draw', '--help']);
  if (help.code !== 0) throw new Error(`${program} does not run: ${help.stderr.trim() || 'no such program'}`);
  const options = new Set(help.stdout.match(/--[a-z][a-z-]*/g));
  return { options, report: (await run(program, ['report', '--help'])).code === 0 };
}

/** The first line of a complaint that says something. */
export const firstLine = (text) => text.split('\n').map((l) => l.trim()).find(Boolean)?.slice(0, 200) ?? 'no message';

/** Whether a program ended as a program should: with a code of its own and no panic. */
export const ended = ({ code, stderr }) => code !== null && code !== 101 && !/panicked at/.test(stderr);
