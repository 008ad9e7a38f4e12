// One module for every page: theme, keys, and the live stream. Pages work without it.
const root = document.documentElement;
const stored = localStorage.getItem('theme');
if (stored) root.dataset.theme = stored;
root.classList.add('scripted');
