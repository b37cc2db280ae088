// Pointing at a stop of a pathway net, or reaching it with the keyboard, lights what leads to it and what it leads to.
// The same is said in words in each stop, so nothing is lost without this file.
const NAMESPACE = "http://www.w3.org/2000/svg";

// A small net shows all its lines at rest; in a large one they would be a tangle.
const FEW = 12;

for (const net of document.querySelectorAll("[data-net]")) {
  const stops = [...net.querySelectorAll(".net-stop")];
  const byId = new Map(stops.map((stop) => [stop.id, stop]));
  const parts = [...net.querySelectorAll(".net-part")];
  const partOf = (stop) => parts.findIndex((part) => part.contains(stop));
  const next = (stop) => (stop.dataset.to || "").split(" ").map((id) => byId.get(id)).filter(Boolean);

  const lines = document.createElementNS(NAMESPACE, "svg");
  lines.classList.add("net-lines");
  lines.setAttribute("aria-hidden", "true");
  net.append(lines);

  const middle = (stop, side) => {
    const [box, around] = [stop.getBoundingClientRect(), net.getBoundingClientRect()];
    return [box[side] - around.left, box.top - around.top + Math.min(box.height / 2, 28)];
  };

  const draw = (from, to) => {
    const [x1, y1] = middle(from, "right");
    const [x2, y2] = middle(to, "left");
    const bend = (x1 + x2) / 2;
    const path = document.createElementNS(NAMESPACE, "path");
    path.setAttribute("d", `M${x1} ${y1}C${bend} ${y1} ${bend} ${y2} ${x2} ${y2}`);
    lines.append(path);
  };

  // Work stands two columns on from a program: its line runs over the exams where there are any.
  const drawFrom = (from, wanted) => {
    const ahead = next(from).filter(wanted);
    const direct = ahead.filter((to) => partOf(to) === partOf(from) + 1);
    for (const to of direct.length ? direct : ahead) draw(from, to);
  };

  const light = (here) => {
    const near = new Set(stops.filter((stop) => next(stop).includes(here)));
    next(here).forEach((stop) => near.add(stop));
    net.classList.toggle("is-lit", true);
    lines.replaceChildren();
    for (const stop of stops) {
      stop.classList.toggle("is-here", stop === here);
      stop.classList.toggle("is-near", near.has(stop));
    }
    for (const from of [here, ...near]) drawFrom(from, (to) => to === here || near.has(to));
  };

  const dark = () => {
    net.classList.remove("is-lit");
    lines.replaceChildren();
    for (const stop of stops) stop.classList.remove("is-here", "is-near");
    if (stops.length <= FEW) for (const stop of stops) drawFrom(stop, () => true);
  };

  const focused = () => stops.find((stop) => stop.contains(document.activeElement));
  for (const stop of stops) {
    stop.addEventListener("mouseenter", () => light(stop));
    stop.addEventListener("mouseleave", () => (focused() ? light(focused()) : dark()));
    stop.addEventListener("focusin", () => light(stop));
    stop.addEventListener("focusout", (event) => { if (!stop.contains(event.relatedTarget)) dark(); });
  }
  dark();
  new ResizeObserver(() => { if (!net.classList.contains("is-lit")) dark(); }).observe(net);
}
