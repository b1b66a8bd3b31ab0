/* The articles, and the reader: an article's text with what each party says marked by stance. */
function articleRow({ doc, claims }) {
  const counts = new Map();
  for (const claim of claims) counts.set(claim.stance, (counts.get(claim.stance) || 0) + 1);
  const stances = Object.keys(STANCES).filter((stance) => counts.has(stance)).map((stance) =>
    el("span", { class: `stance is-${known(stance)}`, title: `${counts.get(stance)} × ${stanceWord(stance)}` },
      glyph(stance), `${counts.get(stance)} `, el("span", { class: "hush" }, stanceWord(stance))));
  return el("article", { class: "article-row" },
    el("h3", { dir: "auto" }, el("button", { type: "button", class: "link", onclick: () => openReader(doc) }, doc.title || doc.path)),
    el("div", { class: "meta" }, [doc.outlet, doc.published && day(doc.published), counted(claims.length, "claim")].filter(Boolean).join(" · ")),
    el("div", { class: "stances" }, stances));
}
function articles({ claims, active }) {
  const byDoc = new Map(active ? [] : D.docs.map((doc) => [doc, []]));
  for (const claim of claims) {
    if (!byDoc.has(claim.doc)) byDoc.set(claim.doc, []);
    byDoc.get(claim.doc).push(claim);
  }
  return [...byDoc].map(([doc, list]) => ({ doc, claims: list })).sort((a, b) =>
    (b.doc.published || "").localeCompare(a.doc.published || "") || b.claims.length - a.claims.length || a.doc.index - b.doc.index);
}
function paragraphs(doc) {
  const marks = doc.claims.filter((claim) => claim.at).flatMap((claim) => claimMarks(claim, { offset: claim.at[0], reader: true }));
  const out = [];
  for (const match of doc.text.matchAll(/[^\n]+(?:\n(?!\s*\n)[^\n]+)*/g)) {
    const [from, to] = [match.index, match.index + match[0].length];
    if (from === 0 && match[0].trim() === doc.title && !marks.some((mark) => mark.start < to)) continue;
    const inside = marks.filter((mark) => mark.start < to && mark.end > from)
      .map((mark) => ({ ...mark, start: Math.max(0, mark.start - from), end: Math.min(to, mark.end) - from }));
    out.push(el("p", { dir: "auto" }, marked(match[0], inside)));
  }
  return out;
}
function openReader(doc, claim) {
  const reader = document.getElementById("reader");
  const used = Object.keys(STANCES).filter((stance) => doc.claims.some((one) => one.stance === stance));
  const legend = el("p", { class: "legend" }, used.map((stance) =>
    el("span", { class: `stance is-${known(stance)}` }, glyph(stance), el("mark", { class: `content is-${stance}` }, stanceWord(stance)))),
    el("span", { class: "source" }, "source"), el("span", { class: "cue" }, "cue"));
  const body = doc.text ? paragraphs(doc) : [el("p", { class: "meta" }, "The text of this article is not in this report; its claims are."), ...doc.claims.map(claimItem)];
  const close = el("button", { type: "button", class: "quiet close", onclick: () => reader.close() }, "Close");
  reader.replaceChildren(el("div", { class: "reader-in" },
    el("div", { class: "reader-head" }, el("p", { class: "meta" }, [doc.outlet, doc.published && day(doc.published)].filter(Boolean).join(" · ")), close),
    el("h2", { id: "reader-title", dir: "auto" }, doc.title || doc.path), legend, el("div", { class: "prose" }, body),
    el("p", { class: "meta" }, doc.path)));
  reader.showModal();
  const target = claim && [...reader.querySelectorAll("[data-claim]")].find((node) => node.dataset.claim === claim.id);
  if (target) {
    target.classList.add("here");
    target.focus();
    target.scrollIntoView({ block: "center" });
  } else {
    close.focus();
    reader.scrollTop = 0;
  }
}
