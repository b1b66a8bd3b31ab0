/* The map: a point for each place, with the sign of its gravest status; mouse, touch and keyboard move it. */
const MOST_LABELS = 40;
const PRINTED = [680, 360];
const worst = (props) => props.reduce((rank, prop) => {
  const own = STATUSES.indexOf(prop.status);
  return own >= 0 && own < rank ? own : rank;
}, STATUSES.length);

function placeMap() {
  const root = document.getElementById("map");
  const places = D.places.filter((place) => place.lat != null && (place.claims.length || place.props.length));
  if (!places.length) return { update() {}, draw() {}, print() {} };
  const middle = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
  const origin = { x: middle(places.map((p) => p.lon)), y: middle(places.map((p) => mercatorY(p.lat))) };
  const paths = outlinePaths(origin);
  const canvas = el("canvas", { "aria-hidden": "true" });
  const layer = svg("svg", { class: "points", role: "group", "aria-label": "Places" });
  const card = el("div", { class: "map-card", hidden: true, role: "region", "aria-label": "Place" });
  const view = { x: 0, y: 0, k: 20, width: 1, height: 1 };
  const frame = el("div", { class: "map-frame", tabindex: "0", role: "group",
    "aria-label": "Map of places. Arrow keys move it, plus and minus zoom, Tab reaches the points." }, canvas, layer);
  const tool = (sign, label, act) => el("button", { type: "button", "aria-label": label, title: label, onclick: act }, sign);
  const tools = el("div", { class: "map-tools" }, tool("+", "Zoom in", () => zoom(1.6)), tool("−", "Zoom out", () => zoom(1 / 1.6)),
    tool("⤢", "Show all", () => fit(true)));
  const legend = el("p", { class: "map-legend" }, STATUSES.filter((status) => D.props.some((prop) => prop.status === status))
    .map((status) => el("span", {}, glyph(status), capital(status))));
  root.append(frame, tools, card, legend);
  root.hidden = false;

  let chosen = null, queued = false, moved = false, shown = [];
  for (const place of places) {
    place.x = place.lon - origin.x;
    place.y = mercatorY(place.lat) - origin.y;
    place.label = svg("text", { class: "label", "aria-hidden": "true" }, place.name);
    place.node = svg("g", { class: "point", role: "button", tabindex: "-1" });
    place.node.addEventListener("click", () => moved || open(place, false));
    place.node.addEventListener("focus", () => reveal(place));
  }

  function update({ claims, props }) {
    const count = new Map(), own = new Map();
    for (const claim of claims) for (const index of claim.around) count.set(index, (count.get(index) || 0) + 1);
    for (const prop of props) for (const index of prop.places) own.set(index, [...(own.get(index) || []), prop]);
    shown = places.filter((place) => count.has(place.index) || own.has(place.index));
    for (const place of shown) {
      place.now = own.get(place.index) || [];
      place.rank = worst(place.now);
      place.count = count.get(place.index) || 0;
      place.r = Math.min(15, 4.5 + Math.sqrt(place.count) * 0.9);
      const status = STATUSES[place.rank] ?? "superseded";
      const size = place.r / 6;
      place.node.setAttribute("class", `point is-${status}`);
      place.node.setAttribute("aria-label", `${place.name}: ${place.now.length ? status : "no proposition"}, ${counted(place.count, "claim")}`);
      place.node.replaceChildren(svg("circle", { class: "hit", r: Math.max(11, place.r + 3) }), svg("circle", { class: "disc", r: place.r + 1.5 }),
        svg("g", { transform: `scale(${size.toFixed(2)})` }, shape(status)), svg("title", {}, `${place.name}: ${counted(place.count, "claim")}`));
    }
    shown.sort((a, b) => b.rank - a.rank || a.count - b.count);
    const held = document.activeElement?.closest?.(".point");
    layer.replaceChildren(...shown.map((place) => place.label), ...shown.map((place) => place.node));
    if (held?.isConnected) held.focus();
    stop(shown.at(-1));
    if (chosen && (!shown.includes(chosen) || (state.place && state.place !== (chosen.id || chosen.name)))) closeCard();
    else if (chosen) open(chosen, false);
    if (!view.fitted) fit();
    draw();
  }
  function stop(place) {
    for (const other of shown) other.node.setAttribute("tabindex", other === place ? "0" : "-1");
  }
  function draw() {
    if (queued) return;
    queued = true;
    requestAnimationFrame(() => {
      queued = false;
      paint();
    });
  }
  function paint() {
    layer.setAttribute("viewBox", `0 0 ${view.width} ${view.height}`);
    for (const place of shown) {
      place.px = (place.x - view.x) * view.k + view.width / 2;
      place.py = (place.y - view.y) * view.k + view.height / 2;
      place.node.setAttribute("transform", `translate(${place.px.toFixed(1)} ${place.py.toFixed(1)})`);
    }
    const points = shown.map((place) => ({ place, x: place.px - place.r, y: place.py - place.r, w: 2 * place.r, h: 2 * place.r }));
    const taken = [{ x: view.width - tools.offsetWidth - 12, y: 0, w: tools.offsetWidth + 12, h: tools.offsetHeight + 12 }];
    for (const place of [...shown].reverse()) {
      const box = { x: place.px + place.r + 4, y: place.py - 8, w: place.name.length * 7.3 + 6, h: 16 };
      const free = taken.length <= MOST_LABELS && box.x > 0 && box.x + box.w < view.width && box.y > 0 && box.y + box.h < view.height &&
        !taken.some((other) => meet(box, other)) && !points.some((other) => other.place !== place && meet(box, other));
      place.label.setAttribute("visibility", free || place === chosen ? "visible" : "hidden");
      place.label.setAttribute("x", box.x);
      place.label.setAttribute("y", place.py + 4);
      if (free) taken.push(box);
    }
    drawGround(canvas, paths, view, [...taken, ...points]);
  }
  /* A page is laid out without telling the script how wide: the map is drawn for one size, which the page then scales. */
  function print(begins) {
    [view.width, view.height] = begins ? PRINTED : [frame.clientWidth, frame.clientHeight];
    if (!view.touched) fit();
    paint();
  }
  function fit(all) {
    const list = shown.length ? shown : places;
    const edge = (values, share) => values.sort((a, b) => a - b)[Math.round((values.length - 1) * share)];
    const cut = all || list.length < 12 ? 0 : 0.06;
    const [x1, x2] = [edge(list.map((p) => p.x), cut), edge(list.map((p) => p.x), 1 - cut)];
    const [y1, y2] = [edge(list.map((p) => p.y), cut), edge(list.map((p) => p.y), 1 - cut)];
    view.x = (x1 + x2) / 2;
    view.y = (y1 + y2) / 2;
    view.k = Math.max(2, Math.min(260, 0.82 * Math.min(view.width / Math.max(x2 - x1, 0.4), view.height / Math.max(y2 - y1, 0.4))));
    view.fitted = true;
    draw();
  }
  function zoom(factor, px = view.width / 2, py = view.height / 2) {
    view.touched = true;
    const k = Math.max(1.5, Math.min(900, view.k * factor));
    view.x += (px - view.width / 2) * (1 / view.k - 1 / k);
    view.y += (py - view.height / 2) * (1 / view.k - 1 / k);
    view.k = k;
    draw();
  }
  function pan(dx, dy) {
    view.touched = true;
    view.x = Math.max(-180 - origin.x, Math.min(180 - origin.x, view.x - dx / view.k));
    view.y = Math.max(-150 - origin.y, Math.min(150 - origin.y, view.y - dy / view.k));
    draw();
  }
  function reveal(place) {
    if (place.px < 24 || place.px > view.width - 24 || place.py < 24 || place.py > view.height - 24) pan(view.width / 2 - place.px, view.height / 2 - place.py);
  }
  function open(place, focus) {
    chosen = place;
    for (const other of shown) other.node.classList.toggle("chosen", other === place);
    stop(place);
    const key = place.id || place.name;
    const list = place.now.slice(0, 6).map((prop) => el("li", {}, glyph(prop.status),
      el("button", { type: "button", class: "link", onclick: () => goTo(prop) }, headline(prop))));
    const only = state.place === key;
    card.replaceChildren(
      el("button", { type: "button", class: "quiet close", "aria-label": "Close", onclick: () => { closeCard(); place.node.focus(); } }, "✕"),
      el("h2", { dir: "auto" }, place.name), el("p", { class: "meta" }, [place.admin1, counted(place.count, "claim")].filter(Boolean).join(" · ")),
      el("ul", {}, list), place.now.length > 6 && el("p", { class: "meta" }, `and ${place.now.length - 6} more`),
      el("button", { type: "button", class: "only", onclick: () => setFilter("place", only ? "" : key) }, only ? "Show all places" : "Show only this place"));
    card.hidden = false;
    if (focus) card.querySelector(".link, .only").focus();
    draw();
  }
  function closeCard() {
    chosen?.node.classList.remove("chosen");
    chosen = null;
    card.hidden = true;
  }
  const gestures = mapGestures({ frame, view, zoom, pan, moved: (value) => (moved = value) });
  frame.addEventListener("keydown", (event) => {
    const point = event.target.closest(".point");
    const place = point && shown.find((one) => one.node === point);
    const arrow = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (event.key === "+" || event.key === "=") zoom(1.6);
    else if (event.key === "-") zoom(1 / 1.6);
    else if (event.key === "0") fit(true);
    else if (place && (event.key === "Enter" || event.key === " ")) open(place, true);
    else if (place && event.key === "Escape") frame.focus();
    else if (place && arrow) nearest(place, arrow)?.node.focus();
    else if (arrow) pan(-arrow[0] * 60, -arrow[1] * 60);
    else return;
    event.preventDefault();
  });
  function nearest(from, [dx, dy]) {
    let best = null, least = Infinity;
    for (const place of shown) {
      const x = place.px - from.px, y = place.py - from.py;
      const along = x * dx + y * dy, across = Math.abs(x * dy) + Math.abs(y * dx);
      if (place !== from && along > 0 && along + 2 * across < least) [best, least] = [place, along + 2 * across];
    }
    if (best) stop(best);
    return best;
  }
  new ResizeObserver(() => {
    view.width = frame.clientWidth;
    view.height = frame.clientHeight;
    if (!view.touched) fit();
    else draw();
  }).observe(frame);
  return { update, draw, gestures, print };
}

function mapGestures({ frame, zoom, pan, moved }) {
  const fingers = new Map();
  let dragged = 0;
  const at = (event) => {
    const box = frame.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  frame.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    if (!fingers.size) {
      dragged = 0;
      moved(false);
    }
    fingers.set(event.pointerId, at(event));
  });
  frame.addEventListener("pointermove", (event) => {
    const before = fingers.get(event.pointerId);
    if (!before) return;
    const now = at(event);
    dragged += Math.hypot(now.x - before.x, now.y - before.y);
    if (dragged < 5) return;
    if (!frame.hasPointerCapture(event.pointerId)) frame.setPointerCapture(event.pointerId);
    moved(true);
    const others = [...fingers].filter(([id]) => id !== event.pointerId);
    if (others.length) {
      const other = others[0][1];
      const ratio = Math.hypot(now.x - other.x, now.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
      zoom(ratio, (now.x + other.x) / 2, (now.y + other.y) / 2);
      pan((now.x - before.x) / 2, (now.y - before.y) / 2);
    } else pan(now.x - before.x, now.y - before.y);
    fingers.set(event.pointerId, now);
  });
  const up = (event) => fingers.delete(event.pointerId);
  for (const name of ["pointerup", "pointercancel"]) frame.addEventListener(name, up);
  const beside = matchMedia("(min-width: 1100px)");
  frame.addEventListener("wheel", (event) => {
    if (!beside.matches && !event.ctrlKey && !event.metaKey && !frame.contains(document.activeElement)) return;
    event.preventDefault();
    const { x, y } = at(event);
    zoom(Math.exp(-Math.max(-120, Math.min(120, event.deltaY)) * 0.004), x, y);
  }, { passive: false });
  frame.addEventListener("dblclick", (event) => zoom(2, at(event).x, at(event).y));
}
