/* The whole: the views, what a change of a filter does, light and dark, printing. */
const MOST_PRINTED = 400;
const VIEWS = {
  propositions: { title: "Propositions", feed: new Feed(propositionCard, { first: 4, step: 12, noun: "propositions" }), list: (found) => found.props },
  timeline: { title: "Timeline", feed: new Feed(timelineCard, { first: 3, step: 10, noun: "places" }), list: timelines },
  claims: { title: "Claims", feed: new Feed(claimItem, { first: 20, step: 40, noun: "claims" }), list: (found) => found.claims },
  articles: { title: "Articles", feed: new Feed(articleRow, { first: 30, step: 60, noun: "articles" }), list: articles },
};
let found = null;
let later = 0;
const ground = placeMap();

function refresh() {
  found = selected();
  showState(found);
  showStatuses();
  for (const view of Object.values(VIEWS)) view.stale = true;
  showView();
  writeAddress();
  cancelAnimationFrame(later);
  later = requestAnimationFrame(() => ground.update(found)); // the words first, the map a frame later
}
function showView() {
  if (!Object.hasOwn(VIEWS, state.view)) state.view = "propositions";
  for (const [name, view] of Object.entries(VIEWS)) {
    const on = name === state.view;
    view.tab.setAttribute("aria-selected", String(on));
    view.tab.tabIndex = on ? 0 : -1;
    view.panel.hidden = !on;
  }
  const view = VIEWS[state.view];
  if (!view.stale) return;
  view.stale = false;
  const items = view.list(found);
  view.feed.set(items);
  view.empty.hidden = items.length > 0;
}
function setFilter(name, value) {
  state[name] = value;
  refresh();
}
function goTo(prop) {
  if (!found.props.includes(prop)) {
    Object.assign(state, EMPTY);
    state.view = "propositions";
    refresh();
  } else if (state.view !== "propositions") {
    state.view = "propositions";
    showView();
    writeAddress();
  }
  document.getElementById("reader").close();
  VIEWS.propositions.feed.upTo(found.props.indexOf(prop) + 1);
  const card = document.getElementById(`prop-${prop.index}`);
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "start" });
}
function showStatuses() {
  const counts = new Map();
  for (const prop of found.props) counts.set(prop.status, (counts.get(prop.status) || 0) + 1);
  const all = [...new Set(D.props.map((prop) => prop.status))].sort((a, b) => STATUSES.indexOf(a) - STATUSES.indexOf(b));
  const held = document.activeElement?.closest?.("#statuses button")?.dataset.status;
  const parts = all.map((status) => {
    const count = counts.get(status) || 0;
    const button = el("button", { type: "button", class: `part is-${known(status)}`, "data-status": status,
      "aria-pressed": String(state.status === status), title: `Show only: ${status}`,
      onclick: () => setFilter("status", state.status === status ? "" : status) },
      el("span", { class: "bar", "aria-hidden": "true" }), el("span", { class: "part-text" }, glyph(status), el("b", {}, count.toLocaleString("en")), ` ${status}`));
    button.style.flexGrow = Math.max(count, 0.0001);
    return button;
  });
  const box = document.getElementById("statuses");
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "Propositions by status");
  box.replaceChildren(...parts);
  if (held) [...box.children].find((part) => part.dataset.status === held)?.focus();
}
function views() {
  const main = document.getElementById("main");
  const tabs = el("div", { class: "tabs", role: "tablist", "aria-label": "Views" });
  for (const [name, view] of Object.entries(VIEWS)) {
    view.tab = el("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `view-${name}`, onclick: () => {
      state.view = name;
      showView();
      writeAddress();
    } }, view.title);
    view.empty = el("p", { class: "empty", hidden: true }, "Nothing fits these filters.");
    view.panel = el("section", { role: "tabpanel", id: `view-${name}`, "aria-labelledby": `tab-${name}`, class: `view-${name}`, hidden: true },
      el("h2", { class: "hush" }, view.title), view.empty, view.feed.node);
    tabs.append(view.tab);
  }
  tabs.addEventListener("keydown", (event) => {
    const names = Object.keys(VIEWS);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    state.view = names[(names.indexOf(state.view) + step + names.length) % names.length];
    showView();
    writeAddress();
    VIEWS[state.view].tab.focus();
  });
  main.append(tabs, ...Object.values(VIEWS).map((view) => view.panel));
}
function themes() {
  const root = document.documentElement;
  const button = document.getElementById("theme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const kept = () => {
    try {
      return localStorage.getItem("claimkit-theme");
    } catch {
      return null;
    }
  };
  const apply = (theme) => {
    if (theme) root.dataset.theme = theme;
    const now = root.dataset.theme || (dark.matches ? "dark" : "light");
    button.textContent = now === "dark" ? "Light" : "Dark";
    button.setAttribute("aria-label", `Change to ${now === "dark" ? "light" : "dark"} colours`);
    ground.draw?.();
  };
  button.addEventListener("click", () => {
    const next = (root.dataset.theme || (dark.matches ? "dark" : "light")) === "dark" ? "light" : "dark";
    try {
      localStorage.setItem("claimkit-theme", next);
    } catch {
      /* nothing is kept where nothing may be */
    }
    apply(next);
  });
  dark.addEventListener("change", () => apply());
  button.hidden = false;
  apply(kept());
}

views();
themes();
filterForm(refresh);
readAddress();
refresh();
addEventListener("hashchange", () => {
  readAddress();
  refresh();
});
addEventListener("beforeprint", () => {
  VIEWS[state.view].feed.upTo(MOST_PRINTED);
  const theme = document.documentElement.dataset.theme;
  document.documentElement.dataset.theme = "light";
  ground.print(true);
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
});
addEventListener("afterprint", () => ground.print(false));
document.getElementById("reader").addEventListener("click", (event) => event.target === event.currentTarget && event.target.close());
document.documentElement.dataset.ready = "yes";
