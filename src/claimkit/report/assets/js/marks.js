/* Signs for stance and status (each has a shape of its own, for those who do not see its colour), and marked text. */
const SHAPES = {
  assert: [["circle", { r: 5, class: "solid" }]],
  acknowledge: [["circle", { r: 5.2, class: "line" }], ["path", { d: "M-2.6 .1 -.7 2.2 2.8 -2.2", class: "line" }]],
  deny: [["path", { d: "M-4 -4 4 4M4 -4 -4 4", class: "line heavy" }]],
  doubt: [["path", { d: "M0 -5 5.2 4.2 -5.2 4.2Z", class: "line" }]],
  unverified: [["circle", { r: 4.8, class: "line dashed" }]],
  claimed: [["circle", { r: 5, class: "solid" }]],
  contested: [["path", { d: "M-.6 -5.6A5.6 5.6 0 0 0 -.6 5.6Z", class: "solid pro" }],
    ["path", { d: "M.6 -5.6A5.6 5.6 0 0 1 .6 5.6Z", class: "solid con" }]],
  acknowledged: [["circle", { r: 5.2, class: "line" }], ["path", { d: "M-2.6 .1 -.7 2.2 2.8 -2.2", class: "line" }]],
  confirmed: [["path", { d: "M-4.8 -4.8H4.8V4.8H-4.8Z", class: "solid" }]],
  refuted: [["path", { d: "M-4 -4 4 4M4 -4 -4 4", class: "line heavy" }]],
  superseded: [["path", { d: "M-5 0H5", class: "line heavy" }]],
};
const known = (name) => (Object.hasOwn(SHAPES, name) ? name : "superseded");
const shape = (name) => SHAPES[known(name)].map(([tag, attributes]) => svg(tag, attributes));
const glyph = (name) =>
  svg("svg", { class: `glyph is-${known(name)}`, viewBox: "-7 -7 14 14", "aria-hidden": "true" }, shape(name));

const badge = (status) => el("span", { class: `badge is-${known(status)}` }, glyph(status), capital(status));

/* Cut text at the borders of all its marks, so that marks may overlap; the first mark of a stretch gives its stance. */
function marked(text, marks) {
  const cuts = [...new Set([0, text.length, ...marks.flatMap((mark) => [mark.start, mark.end])])]
    .filter((cut) => cut >= 0 && cut <= text.length)
    .sort((a, b) => a - b);
  const out = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    const part = text.slice(cuts[i], cuts[i + 1]);
    const over = marks.filter((mark) => mark.start <= cuts[i] && mark.end >= cuts[i + 1]);
    if (!over.length) out.push(part);
    else {
      const names = [...new Set(over.map((mark) => mark.class))].join(" ");
      const first = over.find((mark) => mark.claim) ?? over[0];
      const starts = first.claim && first.start === cuts[i];
      out.push(el(first.claim || over.some((mark) => mark.content) ? "mark" : "span",
        { class: names, title: first.title, "data-claim": first.claim?.id, tabindex: starts ? "-1" : null }, part));
    }
  }
  return out;
}
function claimMarks(claim, { offset = 0, reader = false } = {}) {
  const party = D.parties[claim.who];
  const title = `${party.name} ${stanceWord(claim.stance, party)}: ${eventWord(claim.type)}`;
  const make = (span, name, more) => span && { start: offset + span[0], end: offset + span[1], class: name, ...more };
  return [
    make(claim.content, `content is-${known(claim.stance)}`, { title, content: true, claim: reader ? claim : null }),
    make(claim.source, "source", { title: "source" }),
    make(claim.cue, "cue", { title: "cue" }),
  ].filter(Boolean);
}
const sentence = (claim) => el("blockquote", { class: "sentence", dir: "auto" }, marked(claim.text, claimMarks(claim)));
