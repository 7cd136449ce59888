// Units (one chart or page each), their problems, and the tables that are printed at the end.

import { KINDS } from './judge.mjs';

export class Tally {
  constructor(kinds = KINDS) {
    this.kinds = kinds;
    this.units = [];
    this.skipped = [];
  }

  /** One chart or page: a kind (a row of the table), a name, and what is wrong with it. */
  add(kind, name, problems) {
    this.units.push({ kind, name, problems });
  }

  skip(why) {
    this.skipped.push(why);
    console.log(`SKIPPED: ${why}`);
  }

  print({ worst = 5, kept } = {}) {
    const rows = new Map();
    for (const { kind, problems } of this.units) {
      const row = rows.get(kind) ?? { units: 0, failed: 0 };
      row.units++;
      if (problems.length) row.failed++;
      for (const p of problems) row[p.kind] = (row[p.kind] ?? 0) + 1;
      rows.set(kind, row);
    }
    const seen = this.kinds.filter((k) => [...rows.values()].some((r) => r[k]));
    const table = [['', 'units', 'failed', ...seen], ...[...rows].map(([kind, r]) => [kind, r.units, r.failed, ...seen.map((k) => r[k] ?? 0)])];
    const widths = table[0].map((_, i) => Math.max(...table.map((r) => String(r[i]).length)));
    console.log('');
    for (const r of table) console.log(r.map((c, i) => (i ? String(c).padStart(widths[i]) : String(c).padEnd(widths[i]))).join('  '));

    for (const kind of seen) {
      const all = this.units.flatMap((u) => u.problems.filter((p) => p.kind === kind).map((p) => ({ ...p, name: u.name })));
      const files = new Set(all.map((p) => p.name)).size;
      console.log(`\n${kind}: ${all.length} in ${files} ${files === 1 ? 'file' : 'files'}; the worst:`);
      const told = new Set();
      for (const p of all.sort((a, b) => b.amount - a.amount || (a.name < b.name ? -1 : 1))) {
        if (told.size >= worst) break;
        if (told.has(p.name)) continue;
        told.add(p.name);
        console.log(`  ${p.name}: ${visible(p.words)}${p.note ? ` (${visible(p.note)})` : ''}`);
      }
    }
    const failed = this.units.filter((u) => u.problems.length).length;
    if (failed && kept) console.log(`\nThe charts and pages that failed, with pictures: ${kept}`);
    if (this.skipped.length) console.log(`\nSkipped:\n${this.skipped.map((s) => `  ${s}`).join('\n')}`);
    console.log(`\n${this.units.length - failed} passed, ${failed} failed`);
    return failed;
  }
}

/** Words as they can be printed: no control characters, not too long. */
function visible(words) {
  const plain = String(words).replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, ' ');
  return plain.length > 150 ? `${plain.slice(0, 147)}…` : plain;
}
