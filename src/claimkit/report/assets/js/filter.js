/* The filters: one state, kept in the address after "#", and which claims and propositions it leaves. */
const FIELDS = ["q", "place", "who", "stance", "type", "status", "from", "to"];
const EMPTY = Object.fromEntries(FIELDS.map((name) => [name, ""]));
let state = { ...EMPTY, view: "propositions" };

function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  for (const name of FIELDS) state[name] = given.get(name) || "";
  state.view = given.get("view") || "propositions";
}
function writeAddress() {
  const kept = new URLSearchParams();
  for (const name of [...FIELDS, "view"]) if (state[name] && state[name] !== "propositions") kept.set(name, state[name]);
  const text = kept.toString();
  try {
    history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
  } catch {
    /* a sandboxed frame has no history; the filters work all the same */
  }
}
function selected() {
  const needles = folded(state.q).split(/\s+/).filter(Boolean);
  const place = state.place === "" ? -1 : D.places.findIndex((one) => (one.id || one.name) === state.place);
  const who = state.who === "" ? -1 : D.parties.findIndex((one) => one.id === state.who);
  const keep = (claim) =>
    (state.place === "" || claim.around.includes(place)) &&
    (state.who === "" || claim.who === who) &&
    (state.stance === "" || claim.stance === state.stance) &&
    (state.type === "" || claim.type === state.type) &&
    (state.from === "" || (claim.said || claim.date || "") >= state.from) &&
    (state.to === "" || (!!(claim.said || claim.date) && (claim.said || claim.date).slice(0, 10) <= state.to)) &&
    (state.status === "" || claim.props.some((prop) => prop.status === state.status)) &&
    (needles.length === 0 || needles.every((needle) => words(claim).includes(needle)));
  const claims = D.claims.filter(keep);
  const active = FIELDS.some((name) => state[name] !== "");
  const hit = new Set(claims.flatMap((claim) => claim.props));
  const props = active
    ? D.props.filter((prop) => hit.has(prop) && (state.status === "" || prop.status === state.status)
      && (place < 0 || prop.places.includes(place)))
    : D.props;
  return { claims, props, active };
}

function filterForm(changed) {
  const tally = (keys) => {
    const counts = new Map();
    for (const key of keys) counts.set(key, (counts.get(key) || 0) + 1);
    return counts;
  };
  const select = (name, label, counts, text, order) => {
    const keys = [...counts.keys()].sort(order ?? ((a, b) => counts.get(b) - counts.get(a) || (text(a) < text(b) ? -1 : 1)));
    const options = keys.map((key) => el("option", { value: key }, `${text(key)} (${counts.get(key).toLocaleString("en")})`));
    return field(name, label, el("select", { name }, el("option", { value: "" }, "All"), options));
  };
  const field = (name, label, control) => {
    control.id = `f-${name}`;
    control.addEventListener(control.type === "search" ? "input" : "change", () => {
      state[name] = control.value;
      changed();
    });
    return el("div", { class: `field field-${name}` }, el("label", { for: control.id }, label), control);
  };
  const placeKey = (index) => D.places[index].id || D.places[index].name;
  const placeNames = new Map(D.places.map((place, index) => [placeKey(index), place.name]));
  const more = el("details", { class: "more-filters" }, el("summary", {}, "Filters"),
    el("div", { class: "fields" },
      select("place", "Place", tally(D.claims.flatMap((claim) => claim.around.map(placeKey))), (key) => placeNames.get(key)),
      select("who", "Claimant", tally(D.claims.map((claim) => D.parties[claim.who].id)), partyName),
      select("stance", "Stance", tally(D.claims.map((claim) => claim.stance)), (key) => capital(stanceWord(key))),
      select("type", "Event", tally(D.claims.map((claim) => claim.type)), (key) => capital(eventWord(key))),
      select("status", "Status", tally(D.props.map((prop) => prop.status)), capital,
        (a, b) => STATUSES.indexOf(a) - STATUSES.indexOf(b)),
      field("from", "Said from", el("input", { type: "date", name: "from" })),
      field("to", "Said until", el("input", { type: "date", name: "to" })),
    ));
  const search = field("q", "Search", el("input", {
    type: "search", name: "q", placeholder: "Words, a place, a party, an outlet", autocomplete: "off", spellcheck: "false",
  }));
  const count = el("p", { id: "count", role: "status", "aria-live": "polite" });
  const reset = el("button", { type: "button", id: "reset", class: "quiet", onclick: () => {
    Object.assign(state, EMPTY);
    changed();
    document.getElementById("f-q").focus();
  } }, "Clear filters");
  const form = document.getElementById("filters");
  form.append(search, more, el("div", { class: "outcome" }, count, reset));
  form.addEventListener("submit", (event) => event.preventDefault());
  const wide = matchMedia("(min-width: 720px)");
  const open = () => (more.open = wide.matches);
  wide.addEventListener("change", open);
  open();
  form.hidden = false;
}
function showState({ claims, props, active }) {
  for (const name of FIELDS) {
    const control = document.getElementById(`f-${name}`);
    if (control.value !== state[name]) control.value = state[name];
    control.closest(".field").classList.toggle("on", state[name] !== "");
  }
  const text = `${counted(props.length, "proposition")}, ${counted(claims.length, "claim")}`;
  document.getElementById("count").textContent = active ? `${text} match` : text;
  document.getElementById("reset").hidden = !active;
}
