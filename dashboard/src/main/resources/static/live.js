// One module for every page: theme, keys and the live stream. Every page works without it.
const root = document.documentElement, $ = (q, of = document) => of.querySelector(q), $$ = (q, of = document) => [...of.querySelectorAll(q)];
const themed = localStorage.getItem('theme');
if (themed) root.dataset.theme = themed;
root.classList.add('scripted');
const TAIL = 300, SILENT = 40000, AGAIN = 4000;
const LOADED = Date.now(), REDRAW = 300000;
let page = '', live = false, paused = false, held = [], heard = Date.now(), lost = 0, fetching = false, drawn = 0, wanted = 0;

// Makes `a` like `b` and keeps what need not change, so that focus, selection and scroll stay.
const key = n => n.dataset?.row ?? n.dataset?.tile ?? n.id ?? '';
function morph(a, b) {
  if (a.nodeType !== b.nodeType || a.nodeName !== b.nodeName) return a.replaceWith(b.cloneNode(true));
  if (a.nodeType !== 1) { if (a.data !== b.data) a.data = b.data; return; }
  if (a.isEqualNode(b)) return;
  for (const { name } of [...a.attributes]) if (!b.hasAttribute(name) && name !== 'open') a.removeAttribute(name);
  for (const { name, value } of b.attributes) if (a.getAttribute(name) !== value) a.setAttribute(name, value);
  const old = new Map([...a.children].filter(key).map(n => [key(n), n]));
  let at = a.firstChild;
  for (const n of [...b.childNodes]) {
    const same = n.nodeType === 1 && key(n) && old.get(key(n));
    if (same) { if (same !== at) a.insertBefore(same, at); else at = at.nextSibling; morph(same, n); }
    else if (at && !(at.nodeType === 1 && key(at))) { const next = at.nextSibling; morph(at, n); at = next; }
    else a.insertBefore(n.cloneNode(true), at);
  }
  while (at) { const next = at.nextSibling; at.remove(); at = next; }
}

// The server draws; the page takes over what differs.
async function refresh() {
  if (fetching || document.hidden || brush || $('dialog[open], .chart > table')) { wanted = 1; return; }
  const wait = drawn + AGAIN - Date.now();
  if (wait > 0) { if (!wanted) setTimeout(refresh, wait); wanted = 1; return; }
  fetching = true; wanted = 0; drawn = Date.now();
  try {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
    if (!answer.ok) throw new Error(answer.status);
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    for (const id of ['main', 'health']) if ($('#' + id, fresh)) morph($('#' + id), $('#' + id, fresh));
    prepare();
  } catch { wanted = 1; } finally { fetching = false; }
}

const put = (of, k, text) => { const n = $(`[data-k="${k}"]`, of); if (n && n.textContent !== text) n.textContent = text; };
function board(event) {
  if (page !== 'board') return;
  if (event.moved || Date.now() - Math.max(drawn, LOADED) > REDRAW) refresh();
  for (const [css, n] of Object.entries(event.counts)) put(document, 'n-' + css, String(n));
  const rows = new Map($$('[data-row]').map(r => [r.dataset.row, r]));
  for (const r of event.rows) {
    const row = rows.get(r.row);
    if (!row) continue;
    for (const k of ['current', 'headroom', 'n', 'evidence']) put(row, k, r[k]);
    $('[data-k=bar]', row)?.setAttribute('width', r.width);
    put(rows.get(r.row + '|why') ?? row, 'sentence', r.sentence);
  }
}
function tick(event) {
  if (page === 'setup') return location.reload();
  const one = document.body.dataset.service;
  if (one && !event.services.some(s => s.service === one)) return;
  const age = $('[data-age]');
  if (age) age.dateTime = event.at;
  if (page === 'list' || page === 'service' || page === 'budget') return refresh();
  if (page !== 'live') return;
  for (const s of event.services) {
    const tile = $$('[data-tile]').find(t => t.dataset.tile === s.service);
    if (!tile) { if (!one) refresh(); continue; }
    for (const k of ['rate', 'p95', 'p99', 'errorShare', 'hitRatio']) put(tile, k, s[k]);
    for (const k of ['rateLine', 'p95Line']) $(`[data-k=${k}]`, tile)?.setAttribute('d', s[k]);
  }
  const rows = event.tail.filter(r => !one || r.service === one);
  if (paused) { held = rows.concat(held).slice(0, TAIL); put(document, 'unseen', held.length + ' new'); } else tail(rows);
}
function tail(rows) {
  const body = $('#tail');
  body.prepend(...rows.map(r => {
    const tr = document.createElement('tr');
    tr.dataset.tail = '';
    for (const [k, css] of [['at', 'dim'], ['service', ''], ['kind', ''], ['name', 'op'], ['count', 'n'], ['errors', 'n bad'], ['p95', 'n'], ['max', 'n']]) {
      const td = tr.insertCell();
      td.className = css;
      if (k === 'kind') td.append(Object.assign(document.createElement('span'), { className: 'kind', textContent: r.kind })); else td.textContent = r[k];
    }
    return tr;
  }));
  while (body.rows.length > TAIL) body.lastElementChild.remove();
  sift();
}
function sift() {
  const q = $('[data-tail-filter]')?.value.toLowerCase() ?? '';
  for (const tr of $$('#tail tr')) tr.hidden = !tr.textContent.toLowerCase().includes(q);
}

// While somebody sees the page Live, agents are asked for windows of a second.
async function look() {
  if (document.hidden) return;
  const one = document.body.dataset.service;
  try {
    const answer = await fetch('/api/v1/live/watch' + (one ? '?service=' + encodeURIComponent(one) : ''));
    put(document, 'window', answer.ok ? (await answer.json()).note : '');
  } catch { put(document, 'window', ''); }
}

// One stream for all tabs of this browser: one tab reads it and tells the others.
const channel = 'BroadcastChannel' in window ? new BroadcastChannel('headroom-live') : null;
function hear(m) {
  heard = Date.now();
  document.body.dataset.stream = m.name === 'lost' ? 'lost' : 'open';
  if (m.name === 'lost') return silence(m.at);
  if (lost) { lost = 0; $('#lost').hidden = true; document.body.classList.remove('lost'); if (live && page !== 'live') refresh(); }
  if (!live) return;
  if (m.name === 'board') board(m.data);
  if (m.name === 'tick') tick(m.data);
}
function silence(at) {
  if (lost || !live) return;
  lost = at;
  $('#lost').textContent = `Live stopped at ${new Date(at).toISOString().slice(11, 19)} UTC; trying again. What is shown is from then.`;
  $('#lost').hidden = false;
  document.body.classList.add('lost');
}
function tell(m) { hear(m); channel?.postMessage(m); }
function stream() {
  return new Promise(() => {
    let source, broken = 0;
    const open = () => {
      source = new EventSource('/api/v1/live');
      source.onopen = () => { broken = 0; tell({ name: 'beat' }); };
      for (const name of ['board', 'tick', 'beat']) source.addEventListener(name, e => tell({ name, data: JSON.parse(e.data) }));
      source.onerror = () => {
        broken ||= Date.now();
        tell({ name: 'lost', at: broken });
        if (source.readyState === 2) setTimeout(open, 3000 + Math.random() * 2000);
      };
    };
    open();
  });
}

// Dragging over any chart takes its time for every page; the slices are links already.
let brush = null;
const address = a => new URL(a.getAttribute('href'), location);
const slots = plot => $$('a:has(> .slot)', plot), among = (all, x) => all.findIndex(a => a.getBoundingClientRect().right >= x);
function drag(e) {
  const plot = e.target.closest?.('.chart > .plot'), all = plot ? slots(plot) : [];
  if (e.button !== 0 || !all.length) return;
  e.preventDefault();
  const mark = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  mark.setAttribute('class', 'brush'); mark.setAttribute('height', '100%');
  brush = { plot, all, mark, from: e.clientX, moved: false };
}
function pull(e) {
  if (!brush) return;
  const box = brush.plot.getBoundingClientRect(), [a, b] = [brush.from, e.clientX].sort((x, y) => x - y).map(x => Math.min(Math.max(x, box.left), box.right) - box.left);
  if (b - a > 4 && !brush.moved) { brush.moved = true; brush.plot.append(brush.mark); }
  brush.mark.setAttribute('x', a); brush.mark.setAttribute('width', b - a);
}
function drop(e) {
  if (!brush) return;
  const { all, mark, from, moved } = brush, [a, b] = [from, e.clientX].sort((x, y) => x - y);
  brush = null; mark.remove();
  if (!moved) return;
  addEventListener('click', c => { c.preventDefault(); c.stopPropagation(); }, { capture: true, once: true });
  const first = among(all, a), last = among(all, b), u = address(all[Math.max(0, first)]);
  u.searchParams.set('to', address(all[last < 0 ? all.length - 1 : last]).searchParams.get('to')); go(u);
}
// What a pointer finds over the slices, as a table and as CSV.
function data(button) {
  const chart = button.closest('.chart'), shown = $('table', chart), rows = slots($('.plot', chart)).map(a => $('title', a).textContent.split('\n'));
  if (button.dataset.data === 'csv') {
    const csv = rows.map((r, i) => [address(slots($('.plot', chart))[i]).searchParams.get('from'), ...r.slice(1)].map(t => '"' + t.replaceAll('"', '""') + '"').join(',')).join('\n');
    const a = Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob([csv], { type: 'text/csv' })), download: 'chart.csv' });
    a.click(); return URL.revokeObjectURL(a.href);
  }
  if (shown) { shown.remove(); return button.setAttribute('aria-expanded', 'false'); }
  const table = document.createElement('table');
  for (const r of rows) { const tr = table.insertRow(); for (const t of r) tr.insertCell().textContent = t; }
  chart.append(table); button.setAttribute('aria-expanded', 'true');
}

const go = href => { location.href = href; };
let then = '';
function press(e) {
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  if (e.target.matches('input, select, textarea')) { if (e.key === 'Escape') e.target.blur(); return; }
  if ($('dialog[open]')) return;
  const slot = $('.slot', e.target) && e.target.closest('.plot');
  if (slot && /^Arrow(Left|Right)$/.test(e.key)) { const all = slots(slot); all[all.indexOf(e.target) + (e.key === 'ArrowRight' ? 1 : -1)]?.focus(); return e.preventDefault(); }
  const k = e.key, rows = $$('main [data-row]:not(.why):not(.detail)').filter(r => r.offsetParent), at = rows.findIndex(r => r.classList.contains('cursor'));
  if (then === 'g') { then = ''; const a = $(`[data-go="${k}"]`); if (a) go(a.href); return; }
  if (k === 'g') { then = 'g'; setTimeout(() => { then = ''; }, 1500); }
  else if (k === '?') $('#keys').showModal();
  else if (k === '/' || k === 'f') { e.preventDefault(); $(k === 'f' ? '[data-filter]' : '[data-search]')?.focus(); }
  else if (k === 'j' || k === 'k') {
    const to = rows[Math.max(0, Math.min(rows.length - 1, at + (k === 'j' ? 1 : -1)))];
    rows[at]?.classList.remove('cursor'); to?.classList.add('cursor'); to?.scrollIntoView({ block: 'nearest' }); $('a', to ?? document)?.focus({ preventScroll: true });
  } else if (k === 'u') { const u = new URL(location.href); if (u.searchParams.has('open')) { u.searchParams.delete('open'); u.hash = ''; go(u); } else go('/' + location.search); }
  else if (k === 't') $('.ranges [aria-current]')?.focus();
  else if (k === '.') $('[data-switch]')?.click();
  else if (k === 'c') { const a = $('[data-go=m]'); if (a) go(a.href); }
  else if (k === 'y') navigator.clipboard?.writeText(location.href);
  else if (k === '[' || k === ']') {
    const u = new URL(location.href), [from, to] = $$('.custom input[type=datetime-local]').map(i => Date.parse(i.value + 'Z')), by = (to - from) * (k === '[' ? -1 : 1) / 2;
    for (const p of ['range', 'live']) u.searchParams.delete(p);
    u.searchParams.set('from', new Date(from + by).toISOString()); u.searchParams.set('to', new Date(to + by).toISOString()); go(u);
  }
}
function prepare() {
  for (const b of $$('[data-copy], [data-pause]')) b.hidden = false;
  // One stop for Tab in a chart; arrow keys go from slice to slice, Enter opens it.
  for (const p of $$('.chart > .plot')) slots(p)[0]?.setAttribute('tabindex', 0);
  for (const c of $$('.chart:has(.slot) > figcaption:not(:has(.data))')) for (const [what, word] of [['table', 'Table'], ['csv', 'CSV']]) {
    const b = Object.assign(document.createElement('button'), { type: 'button', className: 'data', textContent: word, ariaLabel: word + ': ' + ($('b', c)?.textContent ?? '') });
    b.dataset.data = what; c.append(b);
  }
}
function start() {
  page = $('main')?.dataset.page ?? '';
  live = document.body.dataset.live === 'on';
  prepare();
  const toggle = $('[data-theme-toggle]');
  if (toggle) {
    toggle.hidden = false;
    toggle.onclick = () => {
      const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
      root.dataset.theme = dark ? 'light' : 'dark';
      localStorage.setItem('theme', root.dataset.theme);
    };
  }
  addEventListener('storage', e => { if (e.key === 'theme' && e.newValue) root.dataset.theme = e.newValue; });
  addEventListener('keydown', press);
  addEventListener('focusin', e => { const t = e.target.matches('.plot a') && $('title', e.target); if (t) e.target.setAttribute('aria-label', t.textContent); });
  addEventListener('mousedown', drag); addEventListener('mousemove', pull); addEventListener('mouseup', drop);
  addEventListener('change', e => { if (e.target.matches('[data-submit]')) e.target.form.requestSubmit(); });
  addEventListener('input', e => { if (e.target.matches('[data-tail-filter]')) sift(); });
  addEventListener('click', e => {
    const copy = e.target.closest('[data-copy]'), pause = e.target.closest('[data-pause]'), as = e.target.closest('[data-data]');
    if (as) data(as);
    if (copy) navigator.clipboard?.writeText($('#' + copy.dataset.copy).textContent).then(() => { copy.textContent = 'Copied'; });
    if (pause) { paused = !paused; pause.textContent = paused ? 'Go on' : 'Pause'; if (!paused) { tail(held); held = []; put(document, 'unseen', ''); } }
  });
  document.addEventListener('visibilitychange', () => { if (!document.hidden && wanted && live) refresh(); });
  sift();
  if (!live) return;
  channel?.addEventListener('message', e => hear(e.data));
  if (channel && navigator.locks) navigator.locks.request('headroom-live', stream); else stream();
  if (page === 'live') { look(); setInterval(look, 5000); document.addEventListener('visibilitychange', look); }
  setInterval(() => {
    if (Date.now() - heard > SILENT) silence(heard);
    const age = $('[data-age]'), s = age ? Math.max(0, Math.round((Date.now() - Date.parse(age.dateTime)) / 1000)) : 0;
    if (age) age.textContent = s < 120 ? s + ' s' : Math.floor(s / 60) + ' min';
  }, 1000);
}
if (document.readyState === 'loading') addEventListener('DOMContentLoaded', start); else start();
