// Suggestions under the search field: a combobox with a list, after the pattern of the ARIA Authoring Practices 1.2
// ("editable combobox with list autocomplete"). Without this script, or when the server does not answer, the field is
// a plain one. Each field with data-suggest="<address>" becomes one; the address is asked with q=. With
// data-suggest-fills a choice only fills the field.

const SHORTEST = 2;
const PAUSE = 120; // milliseconds without a key before the server is asked
const REMEMBERED = 50;
const ENOUGH = 180; // pixels of the list that must show
const ABOVE = 48; // pixels above the field that keep showing: its label
/** Kind -> what it is called beside the label, and whether choosing it opens its own page. */
const KINDS = {
  certification: ["Exam guide", true],
  career: ["Career guide", true],
  school: ["School", true],
  field: ["Subject", false],
  level: ["Award", false],
  state: ["State", false],
  place: ["Place", false],
  search: ["Search", false],
};
/** Parameter -> what it takes the place of besides its own: a place is chosen in two ways. */
const INSTEAD = { where: ["state"] };
const SILENCE = "No suggestions";

const made = (tag, attributes, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

function suggest(field) {
  const id = `${field.id}-suggestions`;
  const list = made("ul", { id, class: "suggestions", role: "listbox", "aria-label": "Suggestions", hidden: "" });
  const status = made("div", { class: "vh", role: "status" });
  const answers = new Map();
  let shown = []; // the suggestions in the list
  let shownFor = "";
  let active = -1;
  let timer = 0;
  let request = null;

  // A search box may not be a combobox, and its own Escape would take the text along with the list.
  field.type = "text";
  field.enterKeyHint = "search";
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", id);
  field.after(list, status);

  const isOpen = () => !list.hidden;
  const typed = () => field.value.trim();

  function activate(at, { byKey = false } = {}) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = at;
    const option = list.children[at];
    if (!option) {
      field.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", option.id);
    if (byKey) option.scrollIntoView({ block: "nearest" });
  }

  function close() {
    clearTimeout(timer);
    request?.abort();
    request = null;
    activate(-1);
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
  }

  function open() {
    if (!shown.length || shownFor !== typed()) return;
    list.hidden = false;
    list.scrollTop = 0;
    field.setAttribute("aria-expanded", "true");
    uncover();
  }

  // A list that opens below the edge of a small window, or behind the keys of a phone, is brought up, the field above it.
  function uncover() {
    const box = list.getBoundingClientRect();
    const edge = window.visualViewport?.height ?? window.innerHeight;
    if (Math.min(edge - box.top, box.height) >= Math.min(ENOUGH, box.height)) return;
    const room = field.getBoundingClientRect().top - ABOVE;
    if (room > 0) window.scrollBy(0, Math.min(box.bottom - edge + 8, room));
  }

  function show(suggestions) {
    close();
    shown = suggestions;
    shownFor = typed();
    list.replaceChildren(
      ...suggestions.map(({ kind, label, note }, at) => {
        const pause = () => made("span", { class: "vh" }, ", "); // for who hears it
        const what = made("span", { class: "what" }, label);
        if (note) what.append(pause(), made("small", {}, note));
        const of = made("span", { class: "of" }, pause(), KINDS[kind]?.[0] ?? "");
        return made("li", { id: `${id}-${at}`, role: "option", "aria-selected": "false" }, what, of);
      }),
    );
    open();
    const count = suggestions.length;
    const said = count ? `${count} suggestion${count === 1 ? "" : "s"}` : typed().length < SHORTEST ? "" : SILENCE;
    // The same words again are no news: nothing is heard of each further letter of a text that nothing fits.
    if (status.textContent !== said) status.textContent = said;
  }

  async function ask() {
    const text = typed();
    if (text.length < SHORTEST) {
      show([]);
      return;
    }
    request?.abort();
    const mine = (request = new AbortController());
    let found = answers.get(text);
    if (!found) {
      try {
        const address = new URL(field.dataset.suggest, location.href);
        address.searchParams.set("q", text);
        const response = await fetch(address, { signal: mine.signal, headers: { Accept: "application/json" } });
        found = response.ok ? await response.json() : undefined;
      } catch {
        // Aborted, offline or not JSON: a plain field. A later request says what is shown.
        if (request === mine) close();
        return;
      }
      if (found) {
        if (answers.size >= REMEMBERED) answers.clear();
        answers.set(text, found);
      }
    }
    if (request === mine && typed() === text && document.activeElement === field) show(found ?? []);
  }

  function choose(at) {
    const { kind, url } = shown[at];
    const page = new URL(url, location.href);
    close();
    if (KINDS[kind]?.[1] && page.origin === location.origin) {
      location.assign(page);
      return;
    }
    if (field.dataset.suggestFills) {
      field.value = page.searchParams.get(field.name) ?? ""; // one of several fields: the reader goes on to the next
      return;
    }
    fill(page.searchParams);
    field.form.requestSubmit();
  }

  /** Put the suggestion into the form: its text and its filter replace what stands there, the rest stays. */
  function fill(parameters) {
    const form = field.form;
    field.value = parameters.get(field.name) ?? "";
    for (const name of new Set(parameters.keys())) {
      if (name === field.name) continue;
      for (const other of INSTEAD[name] ?? []) clear(form, other);
      const [shownField] = clear(form, name);
      if (shownField) shownField.value = parameters.get(name);
      else for (const value of parameters.getAll(name)) form.append(made("input", { type: "hidden", name, value }));
    }
  }

  /** Empty the fields of a name; those that nobody sees go, the others are given back. */
  function clear(form, name) {
    const fields = [...form.elements].filter((element) => element.name === name);
    for (const element of fields) {
      if (element.type === "hidden") element.remove();
      else element.value = "";
    }
    return fields.filter((element) => element.type !== "hidden");
  }

  function move(by) {
    if (shownFor !== typed()) {
      ask(); // what is shown belongs to what was typed before
      return;
    }
    if (!isOpen()) {
      open();
      if (!isOpen()) ask();
    }
    const count = shown.length;
    if (isOpen()) activate(active < 0 ? (by > 0 ? 0 : count - 1) : (active + by + count) % count, { byKey: true });
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    activate(-1);
    timer = setTimeout(ask, PAUSE);
  });

  field.addEventListener("keydown", (event) => {
    // While a word is being composed its keys belong to the input method.
    if (event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      if (event.altKey) key === "ArrowDown" ? open() : close();
      else move(key === "ArrowDown" ? 1 : -1);
      event.preventDefault();
    } else if (key === "Enter") {
      if (active >= 0 && isOpen() && shownFor === typed()) {
        event.preventDefault();
        choose(active);
      } else close(); // the form is sent with what was typed
    } else if (key === "Escape") {
      if (isOpen()) close();
      else field.value = "";
      event.preventDefault();
    } else if (key === "Tab") close();
    else if (key === "Home" || key === "End" || key === "ArrowLeft" || key === "ArrowRight") activate(-1); // to the text
  });

  field.addEventListener("blur", close);
  window.addEventListener("pagehide", close);
  // The field keeps the focus while the pointer presses, drags or scrolls in the list.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose([...list.children].indexOf(option));
  });
}

document.querySelectorAll("input[data-suggest]").forEach(suggest);
