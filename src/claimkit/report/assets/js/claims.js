/* Every claim, with its sentence and marks. */
function claimItem(claim) {
  const party = D.parties[claim.who];
  const actor = claim.actor ? `${suffers(claim.type) ? ": " : " by "}${partyName(claim.actor)}` : "";
  const what = capital(eventWord(claim.type)) + actor + (claim.modality === "actual" ? "" : ` (${claim.modality})`);
  const where = claim.places.map((index) => D.places[index].name);
  const facts = [what, listed(where), claim.date && `event: ${period(claim.date, claim.date)}`].filter(Boolean).join(" · ");
  return el("article", { class: "claim" },
    el("div", { class: "who" }, glyph(claim.stance), el("b", { dir: "auto" }, party.name), " ",
      el("span", { class: `stance is-${known(claim.stance)}` }, stanceWord(claim.stance, party)),
      claim.against && el("span", { class: "flag", title: "Reports its own loss, or the other side's gain" }, "against its interest")),
    el("div", { class: "meta" }, facts, claim.sure != null && ` · ${Math.round(claim.sure * 100)} % sure`),
    sentence(claim),
    el("div", { class: "under" }, readButton(claim),
      claim.props.slice(0, 2).map((prop) =>
        el("button", { type: "button", class: "link", onclick: () => goTo(prop) }, glyph(prop.status), capital(prop.status), ": ", headline(prop)))));
}
