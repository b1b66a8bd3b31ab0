/* Propositions: what is claimed, and the parties' positions side by side. */
const MOST_POSITIONS = 4;

function positionEntry(position) {
  const party = D.parties[position.who];
  const head = el("div", { class: "who" }, glyph(position.stance), el("b", { dir: "auto" }, party.name), " ",
    el("span", { class: `stance is-${known(position.stance)}` }, stanceWord(position.stance, party)));
  const facts = [period(position.first, position.last)];
  if (position.articles != null) {
    const sources = position.sources != null && position.sources !== position.articles ? `, ${position.sources} independent` : "";
    facts.push(counted(position.articles, "article") + sources);
  }
  if (position.range) facts.push(position.range[0] === position.range[1] ? `${position.range[0]}` : position.range.join("–"));
  const meta = el("div", { class: "meta" }, facts.join(" · "),
    position.against && el("span", { class: "flag", title: "Reports its own loss, or the other side's gain" }, "against its interest"));
  const [first, ...rest] = position.list;
  const quote = first && el("div", { class: "quote" }, sentence(first), readButton(first));
  return el("li", { class: "position" }, head, meta, quote, rest.length > 0 && moreStatements(rest));
}
function moreStatements(claims) {
  const box = el("details", {}, el("summary", {}, `${counted(claims.length, "more statement")}`));
  box.addEventListener("toggle", () => {
    if (box.open && box.childElementCount === 1)
      box.append(...claims.map((claim) => el("div", { class: "quote" }, sentence(claim), readButton(claim))));
  });
  return box;
}
const readButton = (claim) =>
  el("button", { type: "button", class: "read", onclick: () => openReader(claim.doc, claim) },
    [claim.doc.outlet || claim.doc.path, claim.said && day(claim.said)].filter(Boolean).join(", "),
    el("span", { class: "hush" }, ": read in the article"));

function side(title, positions, group) {
  const entries = positions.slice(0, MOST_POSITIONS).map(positionEntry);
  const list = el("ul", {}, entries);
  const rest = positions.slice(MOST_POSITIONS);
  const more = rest.length > 0 && el("button", { type: "button", class: "quiet", onclick: (event) => {
    list.append(...rest.map(positionEntry));
    event.target.remove();
    list.children[MOST_POSITIONS].querySelector("button")?.focus();
  } }, `${counted(rest.length, "more party", "more parties")}`);
  const body = positions.length ? [list, more] : [el("p", { class: "nobody" }, "Nobody in these articles.")];
  return el("section", { class: `side side-${group}` }, el("h4", {}, title), body);
}
function historyOf(prop) {
  if (prop.history.length < 2) return null;
  const steps = prop.history.map((step) =>
    el("li", {}, glyph(step.status), capital(step.status), " ", el("time", {}, day(step.date, { year: false }))));
  return el("ol", { class: "history", "aria-label": "How its status changed" }, steps);
}
function linksOf(prop) {
  const rows = [...prop.contradicts.map((link) => ["Contradicts", link]), ...prop.related.map((link) => ["See also", link])];
  const made = rows.slice(0, 6).flatMap(([word, link]) => {
    const other = propById.get(link.id);
    if (!other) return [];
    return [el("li", {}, `${word}: `, el("button", { type: "button", class: "link", onclick: () => goTo(other) }, headline(other)),
      el("span", { class: "meta" }, ` ${link.because}`))];
  });
  return made.length ? el("ul", { class: "links" }, made) : null;
}
function propositionCard(prop) {
  const groups = [[], [], []];
  for (const position of prop.positions) groups[STANCES[position.stance]?.group ?? 2].push(position);
  const sides = groups.map((positions, group) =>
    positions.length || (group === 1 && prop.status === "contested") ? side(GROUPS[group], positions, group) : null).filter(Boolean);
  const where = [...new Set(prop.places.map((index) => D.places[index].admin1).filter(Boolean))].slice(0, 2).join(", ");
  return el("article", { class: `prop is-${known(prop.status)}`, id: `prop-${prop.index}`, tabindex: "-1",
    "aria-labelledby": `prop-${prop.index}-title` },
    el("p", { class: "kicker" }, badge(prop.status), el("span", {}, [where, period(prop.start, prop.end)].filter(Boolean).join(" · "))),
    el("h3", { id: `prop-${prop.index}-title`, dir: "auto" }, headline(prop)),
    el("div", { class: `sides of-${sides.length}` }, sides),
    historyOf(prop), linksOf(prop));
}
