/* The data of the page, and how its parts find each other. Nothing here touches the document but to read its data. */
const D = JSON.parse(document.getElementById("data").textContent);
const partyById = new Map(D.parties.map((party) => [party.id, party]));
const claimById = new Map();
const propById = new Map();

D.places.forEach((place, index) => Object.assign(place, { index, props: [], claims: [] }));
D.docs.forEach((doc, index) => Object.assign(doc, { index, claims: [] }));
D.claims.forEach((claim, index) => {
  claim.index = index;
  claim.places ||= [];
  claim.doc = D.docs[claim.doc];
  claim.text ??= claim.at ? claim.doc.text.slice(claim.at[0], claim.at[1]) : "";
  claim.doc.claims.push(claim);
  claimById.set(claim.id, claim);
});
D.props.forEach((prop, index) => {
  prop.index = index;
  prop.claims = [];
  propById.set(prop.id, prop);
  for (const position of prop.positions) {
    position.list = position.claims.map((id) => claimById.get(id)).filter(Boolean);
    position.list.sort((a, b) => (a.said || "").localeCompare(b.said || "") || a.index - b.index);
    prop.claims.push(...position.list);
  }
  for (const place of prop.places) D.places[place].props.push(prop);
});
for (const claim of D.claims) {
  claim.props = claim.props.map((index) => D.props[index]);
  claim.around = [...new Set([...claim.places, ...claim.props.flatMap((prop) => prop.places)])];
  for (const place of claim.around) D.places[place].claims.push(claim);
}

/* Lower case without accents, so that a search for "Makiivka" finds "Makiïvka". */
const folded = (text) => text.normalize("NFD").replace(/\p{M}+/gu, "").toLowerCase();
const words = (claim) =>
  (claim.folded ??= folded(
    [claim.text, D.parties[claim.who].name, claim.doc.outlet, claim.doc.title, ...claim.around.map((i) => D.places[i].name)]
      .filter(Boolean)
      .join(" "),
  ));
