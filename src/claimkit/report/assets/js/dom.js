/* Elements are made here and nowhere else. Text only ever becomes text nodes: no article can add markup. */
const SVG = "http://www.w3.org/2000/svg";

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.flat(2).filter((child) => child != null && child !== false));
  return node;
}
const el = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
const svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

/* A long list, made as far as it is looked at. The button is for keyboards; scrolling near it presses it. */
class Feed {
  constructor(make, { first = 12, step = 24, noun = "more" } = {}) {
    Object.assign(this, { make, first, step, noun, items: [], shown: 0 });
    this.list = el("div", { class: "feed" });
    this.more = el("button", { type: "button", class: "more", onclick: () => this.grow(true) }, "Show more");
    this.node = el("div", {}, this.list, this.more);
    new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && this.grow(), {
      rootMargin: "900px",
    }).observe(this.more);
  }
  set(items) {
    this.items = items;
    this.shown = 0;
    this.list.replaceChildren();
    this.upTo(this.first);
  }
  grow(focus) {
    if (this.shown >= this.items.length) return;
    const next = this.shown;
    this.upTo(next + this.step);
    if (focus) this.list.children[next]?.querySelector("a, button, [tabindex]")?.focus();
  }
  upTo(count) {
    const end = Math.min(count, this.items.length);
    if (end > this.shown) this.list.append(...this.items.slice(this.shown, end).map(this.make));
    this.shown = Math.max(this.shown, end);
    const left = this.items.length - this.shown;
    this.more.hidden = left === 0;
    this.more.textContent = `Show more (${left.toLocaleString("en")} ${this.noun})`;
  }
}
