/* Single keys on the worklists: an extra. Everything works without them, and the legend switches them off. */
(() => {
  "use strict";
  const legend = document.querySelector(".worklist-keys");
  const form = document.getElementById("worklist");
  if (!legend || !form) return;
  const box = document.getElementById("worklist-keys-on");
  const NAME = "worklist-keys";
  const read = () => { try { return localStorage.getItem(NAME) !== "off"; } catch { return true; } };
  const keep = (on) => { try { localStorage.setItem(NAME, on ? "on" : "off"); } catch { /* for this page only */ } };
  legend.hidden = false;
  box.checked = read();
  box.addEventListener("change", () => keep(box.checked));

  const rows = [...form.querySelectorAll(".worklist-row")];
  const entry = (row) => row.querySelector("input, h3 a, button");
  const here = () => rows.findIndex((row) => row.contains(document.activeElement));
  const go = (step) => {
    const from = here();
    const to = rows[from < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, from + step))];
    if (to && entry(to)) entry(to).focus();
  };
  const inRow = (selector, act) => {
    const row = rows[here()];
    const found = row && row.querySelector(selector);
    if (found) act(found);
  };
  const keys = {
    j: () => go(1),
    k: () => go(-1),
    x: () => inRow("input[type=checkbox]", (found) => found.click()),
    o: () => inRow("h3 a", (found) => found.click()),
    m: () => inRow("button[name=take]", (found) => found.click()),
    d: () => { const part = document.getElementById("decide"); if (part) part.focus(); },
    "?": () => { legend.open = !legend.open; legend.querySelector("summary").focus(); },
  };
  document.addEventListener("keydown", (event) => {
    if (!box.checked || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const at = event.target;
    if (at.matches("textarea, select, [contenteditable]") || (at.matches("input") && at.type !== "checkbox")) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
