/* A timeline for each place: a lane for each party, a sign for what it said on a day. Arrow keys walk the signs. */
const MOST_LANES = 8;
const ROWS = { assert: 0, acknowledge: 1, unverified: 1, doubt: 2, deny: 2 };
const DAY = 86400000;
const dayNumber = (iso) => Math.floor(Date.parse(iso.slice(0, 10).padEnd(10, "-01")) / DAY);
const spanOf = (claims) => {
  let low = Infinity, high = -Infinity;
  for (const claim of claims) {
    if (!claim.said) continue;
    const number = (claim.sayday ??= dayNumber(claim.said));
    if (number < low) low = number;
    if (number > high) high = number;
  }
  return low <= high ? [low, Math.max(high, low + 1)] : null;
};

function timelineCard({ place, claims, span }) {
  const lanes = new Map();
  for (const claim of claims) {
    if (!claim.said) continue;
    if (!lanes.has(claim.who)) lanes.set(claim.who, []);
    lanes.get(claim.who).push(claim);
  }
  const ordered = [...lanes].sort((a, b) => b[1].length - a[1].length || a[0] - b[0]);
  const detail = el("div", { class: "detail", role: "region", "aria-live": "polite", "aria-label": `Statements on ${place.name}` });
  const left = ordered.length - MOST_LANES;
  const chart = el("div", { class: "lanes", onkeydown: walk },
    ordered.slice(0, MOST_LANES).map(([who, list], row) => lane(D.parties[who], list, { span, detail, first: row === 0 })), axis(span));
  const status = place.props.length ? place.props.map((prop) => prop.status)
    .sort((a, b) => STATUSES.indexOf(a) - STATUSES.indexOf(b))[0] : null;
  return el("article", { class: "place-time" },
    el("h3", { dir: "auto" }, status && glyph(status), place.name,
      el("span", { class: "meta" }, [place.admin1, counted(claims.length, "claim")].filter(Boolean).join(" · "))),
    chart, left > 0 && el("p", { class: "meta" }, `and ${counted(left, "more party", "more parties")}: filter by this place`), detail);
}
function lane(party, claims, { span, detail, first }) {
  const groups = new Map();
  for (const claim of claims) {
    const key = `${claim.said} ${claim.stance}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(claim);
  }
  const keys = [...groups.keys()].sort();
  const track = el("div", { class: "track" }, keys.map((key, index) => {
    const list = groups.get(key);
    const { said, stance } = list[0];
    const label = `${party.name} ${stanceWord(stance, party)}, ${day(said)}: ${counted(list.length, "statement")}`;
    const button = el("button", { type: "button", class: `sign is-${known(stance)}`, title: label, "aria-label": label,
      tabindex: first && index === 0 ? "0" : "-1", onclick: () => show(detail, list, button) }, glyph(stance));
    button.style.left = `${(100 * (list[0].sayday - span[0])) / (span[1] - span[0])}%`;
    button.style.setProperty("--row", ROWS[stance] ?? 1);
    button.style.setProperty("--size", Math.min(1.7, 0.85 + 0.15 * list.length));
    return button;
  }));
  return el("div", { class: "lane", role: "group", "aria-label": party.name }, el("div", { class: "lane-name", dir: "auto" }, party.name), track);
}
function axis(span) {
  const [from, to] = span;
  const count = 4;
  const ticks = Array.from({ length: count + 1 }, (_, i) => {
    const number = from + Math.round(((to - from) * i) / count);
    const tick = el("span", { class: i === 0 ? "tick first" : i === count ? "tick last" : "tick" },
      day(new Date(number * DAY).toISOString().slice(0, 10), { year: i === 0 || i === count }));
    tick.style.left = `${(100 * (number - from)) / (to - from)}%`;
    return tick;
  });
  return el("div", { class: "axis", "aria-hidden": "true" }, el("div", { class: "track" }, ticks));
}
function show(detail, list, button) {
  for (const other of button.closest(".lanes").querySelectorAll("[aria-pressed]")) other.removeAttribute("aria-pressed");
  button.setAttribute("aria-pressed", "true");
  detail.replaceChildren(...list.slice(0, 20).map(claimItem));
}
function walk(event) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const jump = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step && !jump) return;
  const signs = [...event.currentTarget.querySelectorAll(".sign")];
  const lanes = [...event.currentTarget.querySelectorAll(".lane")];
  const own = document.activeElement.closest(".lane");
  if (!own) return;
  const target = step ? signs[signs.indexOf(document.activeElement) + step]
    : lanes[lanes.indexOf(own) + jump]?.querySelector(".sign");
  if (!target) return;
  event.preventDefault();
  for (const sign of signs) sign.tabIndex = sign === target ? 0 : -1;
  target.focus();
}
function timelines({ claims }) {
  const span = spanOf(claims);
  if (!span) return [];
  const byPlace = new Map();
  for (const claim of claims) {
    if (!claim.said) continue;
    for (const index of claim.around) {
      if (state.place && (D.places[index].id || D.places[index].name) !== state.place) continue;
      if (!byPlace.has(index)) byPlace.set(index, []);
      byPlace.get(index).push(claim);
    }
  }
  return [...byPlace].sort((a, b) => b[1].length - a[1].length || a[0] - b[0])
    .map(([index, list]) => ({ place: D.places[index], claims: list, span }));
}
