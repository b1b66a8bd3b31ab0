/* How the page puts things into words. */
const STANCES = {
  assert: { word: "asserts", several: "assert", group: 0 },
  acknowledge: { word: "acknowledges", several: "acknowledge", group: 0 },
  deny: { word: "denies", several: "deny", group: 1 },
  doubt: { word: "doubts", several: "doubt", group: 1 },
  unverified: { word: "cannot verify", group: 2 },
};
const GROUPS = ["Say so", "Deny or doubt it", "Cannot verify it"];
const STATUSES = ["contested", "refuted", "unverified", "claimed", "acknowledged", "confirmed", "superseded"];
const EVENTS = {
  capture: ["Capture of", "capture"], hold: ["Control of", "control"], withdraw: ["Withdrawal from", "withdrawal"],
  advance: ["Advance at", "advance"], encircle: ["Encirclement at", "encirclement"], attack: ["Attack on", "attack"],
  repel: ["Attack beaten back at", "attack beaten back"], casualties: ["Casualties at", "casualties"],
  surrender: ["Surrender at", "surrender"], destroy: ["Destruction in", "destruction"],
  deploy: ["Deployment to", "deployment"], negotiate: ["Talks and terms:", "talks and terms"],
  aid: ["Aid:", "aid and sanctions"], humanitarian: ["Civilians in", "civilians"],
  information: ["Claims about claims:", "claims about claims"], other: ["Other events:", "other events"],
};
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const suffers = (type) => type === "casualties" || type === "surrender";
const stanceWord = (stance, party) => (party?.several && STANCES[stance]?.several) || (STANCES[stance]?.word ?? stance);
const eventWord = (type) => EVENTS[type]?.[1] ?? type;
const partyName = (id) => partyById.get(id)?.name ?? id;
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const counted = (number, noun, plural) => `${number.toLocaleString("en")} ${number === 1 ? noun : plural || noun + "s"}`;
const listed = (list) => (list.length < 2 ? list.join("") : `${list.slice(0, -1).join(", ")} and ${list.at(-1)}`);

function day(iso, { year = true } = {}) {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(iso || "");
  if (!match || !MONTHS[match[2] - 1]) return iso || "no date";
  return `${+match[3]} ${MONTHS[match[2] - 1]}${year ? ` ${match[1]}` : ""}`;
}
function period(first, last) {
  if (!first || !last || first === last) return day(first || last);
  const same = first.slice(0, 4) === last.slice(0, 4) && first.length === 10;
  return `${day(first, { year: !same })} – ${day(last)}`;
}
function headline(prop) {
  const names = prop.places.map((index) => D.places[index].name);
  const shown = names.length > 3 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  const actor = prop.actor ? `${suffers(prop.type) ? ": " : " by "}${partyName(prop.actor)}` : "";
  const modality = prop.modality === "actual" ? "" : ` (${prop.modality})`;
  return `${EVENTS[prop.type]?.[0] ?? "Other events:"} ${listed(shown) || "no named place"}${actor}${modality}`;
}
