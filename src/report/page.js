
// Marks, rows and groups of charts that stand for the same visit or meeting light up together; tables sort and are copied;
// colours are chosen. Without it the page shows everything all the same.
(() => {
  'use strict';
  const root = document.documentElement;
  root.classList.add('js');

  const LINKED = '[data-visit], [data-meeting]';
  const keysOf = (e) => ['visit', 'meeting'].flatMap((kind) =>
    (e.getAttribute(`data-${kind}`) || '').split(/\s+/).filter(Boolean).map((id) => `${kind} ${id}`));
  const byKey = new Map();
  for (const e of document.querySelectorAll(LINKED)) {
    for (const key of keysOf(e)) byKey.set(key, [...(byKey.get(key) || []), e]);
  }
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const now = document.getElementById('now');
  let lit = new Set();
  let from = null;

  function light(e) {
    if (e === from) return;
    from = e;
    for (const x of lit) x.classList.remove('lit');
    lit = new Set(e ? keysOf(e).flatMap((key) => byKey.get(key)) : []);
    for (const x of lit) x.classList.add('lit');
    const says = [...lit].filter((x) => x.localName === 'tr').map((x) => x.dataset.says);
    now.hidden = !says.length;
    now.textContent = says.slice(0, 3).join('; ') + (says.length > 3 ? ' …' : '');
    if (e) bringIntoView(e);
  }

  // Only inside the panel of charts, and only where none of what is lit can be seen there.
  function bringIntoView(e) {
    const panel = e.closest('.section')?.querySelector('.charts');
    if (!panel || panel.contains(e) || panel.scrollHeight <= panel.clientHeight + 1) return;
    const frame = panel.getBoundingClientRect();
    const boxes = [...lit].filter((x) => panel.contains(x)).map((x) => x.getBoundingClientRect()).filter((b) => b.height);
    if (!boxes.length || boxes.some((b) => b.top >= frame.top && b.bottom <= frame.bottom)) return;
    panel.scrollBy({ top: boxes[0].top - frame.top - frame.height / 3, behavior: calm.matches ? 'auto' : 'smooth' });
  }

  const linked = (target) => target?.closest?.(LINKED) ?? null;
  // What has the focus stays lit while the mouse is elsewhere, until Escape or the next focus.
  let held = null;
  const hold = (e) => {
    held = e;
    light(held);
  };
  addEventListener('mouseover', (event) => light(linked(event.target) ?? held));
  document.addEventListener('mouseleave', () => light(held));
  addEventListener('focusin', (event) => hold(linked(event.target)));
  addEventListener('focusout', () => hold(null));
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape') hold(null);
  });

  const done = document.getElementById('done');
  const say = (words) => {
    done.textContent = words;
    setTimeout(() => { done.textContent = ''; }, 4000);
  };
  const keyOf = (row, i) => row.cells[i].dataset.sort ?? row.cells[i].textContent.trim();
  const order = new Intl.Collator(root.lang, { numeric: true }).compare;
  for (const button of document.querySelectorAll('button.sort')) {
    button.addEventListener('click', () => {
      const head = button.closest('th');
      const down = head.getAttribute('aria-sort') === 'ascending';
      for (const th of head.parentElement.cells) th.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const body = head.closest('table').tBodies[0];
      const rows = [...body.rows].sort((a, b) => order(keyOf(a, head.cellIndex), keyOf(b, head.cellIndex)));
      body.append(...(down ? rows.reverse() : rows));
    });
  }

  // A spreadsheet would take what begins like a formula for one.
  const words = (cell) => cell.textContent.replace(/\s+/g, ' ').trim().replace(/^[=+@-]/, "'$&");
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Not every browser gives a page from a disk the clipboard.
      const field = document.createElement('textarea');
      field.value = text;
      document.body.append(field);
      field.select();
      const copied = document.execCommand('copy');
      field.remove();
      return copied;
    }
  }
  for (const button of document.querySelectorAll('button.copy')) {
    button.addEventListener('click', async () => {
      const rows = [...document.getElementById(button.dataset.copies).rows];
      const text = rows.map((row) => [...row.cells].map(words).join('\t')).join('\n') + '\n';
      const copied = await copy(text);
      button.focus();
      say(copied ? done.dataset.done : done.dataset.failed);
    });
  }

  const theme = document.getElementById('theme');
  const SCHEMES = ['auto', 'light', 'dark'];
  function paint(scheme) {
    if (scheme === 'auto') delete root.dataset.theme;
    else root.dataset.theme = scheme;
    theme.textContent = theme.dataset.says.replace('{0}', theme.dataset[scheme]);
  }
  const kept = (() => {
    try { return localStorage.getItem('portolan-theme'); } catch { return null; }
  })();
  let scheme = SCHEMES.includes(kept) ? kept : 'auto';
  paint(scheme);
  theme.addEventListener('click', () => {
    scheme = SCHEMES[(SCHEMES.indexOf(scheme) + 1) % SCHEMES.length];
    paint(scheme);
    try { localStorage.setItem('portolan-theme', scheme); } catch { /* It holds for this visit. */ }
  });

  // In a narrow window the list stands for the timeline.
  const narrow = matchMedia('(max-width: 40rem)');
  const unfold = () => document.querySelectorAll('details.list').forEach((d) => { d.open = narrow.matches; });
  narrow.addEventListener('change', unfold);
  unfold();

  // A map that is wider than its panel is shown from its middle, where the stops are.
  for (const panel of document.querySelectorAll('.map .scroll')) panel.scrollLeft = (panel.scrollWidth - panel.clientWidth) / 2;
})();
