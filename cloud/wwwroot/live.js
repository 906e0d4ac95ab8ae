// Renews the page when the cloud has something new, and reads charts out. Without it the page is the same, only still.
(() => {
  "use strict";
  const leastApart = 1500; // ms between two renewals
  const readFor = 10000; // ms after the last move during which a chart that is read stays as it is
  let last = 0, timer = 0, busy = false, waiting = false, lastRead = 0, idle = 0;

  const note = document.getElementById("updated");
  const reading = () => Date.now() - lastRead < readFor && document.querySelector("svg.reading") !== null;

  async function renew() {
    timer = 0;
    if (busy || document.hidden || reading() || !getSelection().isCollapsed) { waiting = true; return; }
    busy = true; waiting = false; last = Date.now();
    try {
      const answer = await fetch(location.href, { headers: { accept: "text/html" } });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("live");
      const old = document.getElementById("live");
      if (!fresh || !old || reading()) return;
      const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
      for (const d of old.querySelectorAll("details[id]")) {
        const same = fresh.querySelector("#" + CSS.escape(d.id));
        if (same) same.open = d.open;
      }
      const scrolled = new Map([...old.querySelectorAll(".scroll")].map((s, i) => [i, [s.scrollLeft, s.scrollTop]]));
      old.replaceChildren(...fresh.childNodes);
      old.querySelectorAll(".scroll").forEach((s, i) => { const p = scrolled.get(i); if (p) [s.scrollLeft, s.scrollTop] = p; });
      if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
      const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
      if (note && note.textContent !== "updated " + time) note.textContent = "updated " + time;
    } catch (e) {
      if (!(e instanceof TypeError)) throw e; // the network is away: the next event tries again
    } finally {
      busy = false;
      if (waiting && !document.hidden && !reading()) due();
    }
  }

  function due() {
    if (timer === 0) timer = setTimeout(renew, Math.max(0, last + leastApart - Date.now()));
  }

  // A chart is read along its lines: the drawing itself holds the data, so nothing is sent twice.
  function points(path) {
    const found = [];
    for (const m of path.getAttribute("d").matchAll(/[ML](-?[\d.]+) (-?[\d.]+)/g)) found.push([+m[1], +m[2]]);
    return found;
  }

  function numbers(svg, name) { return svg.dataset[name].split(" ").map(Number); }

  function read(svg, x) {
    const [x0, y0, x1, y1] = numbers(svg, "plot"), [t0, t1] = numbers(svg, "time"), [v0, v1] = numbers(svg, "value");
    x = Math.min(x1, Math.max(x0, x));
    const time = t0 + (x - x0) / (x1 - x0) * (t1 - t0);
    const words = [new Intl.DateTimeFormat("en-GB", { timeZone: svg.dataset.zone, weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }).format(time * 1000)];
    for (const path of [...svg.querySelectorAll("path.line")].reverse()) {
      let best = null;
      for (const p of points(path)) if (best === null || Math.abs(p[0] - x) < Math.abs(best[0] - x)) best = p;
      const near = best !== null && Math.abs(best[0] - x) <= Math.max(4, 2700 / (t1 - t0) * (x1 - x0));
      words.push(path.dataset.name + " " + (near ? (v0 + (y1 - best[1]) / (y1 - y0) * (v1 - v0)).toFixed(1) + " " + svg.dataset.unit : "not known"));
    }
    for (const r of svg.querySelectorAll("rect.bar, rect.stretch")) {
      const left = +r.getAttribute("x"), width = +r.getAttribute("width");
      if (x >= left && x <= left + width) words.push(r.dataset.row ?? r.dataset.v + " " + svg.dataset.unit);
    }
    let cursor = svg.querySelector(".cursor");
    if (!cursor) {
      cursor = document.createElementNS("http://www.w3.org/2000/svg", "line");
      cursor.setAttribute("class", "cursor");
      svg.append(cursor);
    }
    for (const [k, v] of Object.entries({ x1: x, x2: x, y1: y0, y2: y1 })) cursor.setAttribute(k, v);
    svg.classList.add("reading");
    lastRead = Date.now();
    clearTimeout(idle);
    idle = setTimeout(() => { if (waiting) due(); }, readFor + 100);
    svg.readAt = x;
    const out = svg.closest("figure").querySelector(".readout");
    out.setAttribute("aria-live", svg === document.activeElement ? "polite" : "off");
    out.textContent = words.join(" · ");
  }

  function stop(svg) {
    svg.classList.remove("reading");
    svg.querySelector(".cursor")?.remove();
    svg.closest("figure").querySelector(".readout").textContent = "";
    if (waiting) due();
  }

  const chart = e => e.target instanceof Element ? e.target.closest("svg.chart") : null;
  document.addEventListener("pointermove", e => {
    const svg = chart(e);
    for (const other of document.querySelectorAll("svg.reading")) if (other !== svg) stop(other);
    if (svg) read(svg, new DOMPoint(e.clientX, e.clientY).matrixTransform(svg.getScreenCTM().inverse()).x);
  });
  document.addEventListener("pointerout", e => { if (!e.relatedTarget) document.querySelectorAll("svg.reading").forEach(stop); });
  document.addEventListener("focusout", e => { const svg = chart(e); if (svg?.readAt !== undefined) stop(svg); });
  document.addEventListener("keydown", e => {
    const svg = chart(e);
    if (!svg) return;
    const [x0, , x1] = numbers(svg, "plot"), step = (x1 - x0) / (e.shiftKey ? 10 : 100), at = svg.readAt ?? x1;
    const to = { ArrowLeft: at - step, ArrowRight: at + step, Home: x0, End: x1 }[e.key];
    if (to !== undefined) { e.preventDefault(); read(svg, to); }
    if (e.key === "Escape") stop(svg);
  });

  const address = document.body.dataset.events;
  if (address && "EventSource" in window) {
    new EventSource(address).addEventListener("changed", due);
    document.addEventListener("visibilitychange", () => { if (waiting) due(); });
  }
})();
