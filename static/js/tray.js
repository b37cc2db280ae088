// Counts what is ticked in the tray's own words. Without this file the tray says how many fit, and the comparison itself
// answers one or nine.
const MOST = 4;
const tray = document.getElementById("compare");
const said = tray.querySelector("[data-ticked]");
const asked = said.textContent;

const count = () => {
  const ticked = [...tray.elements].filter((field) => field.type === "checkbox" && field.checked).length;
  if (!ticked) said.textContent = asked;
  else if (ticked === 1) said.textContent = "1 ticked. Tick one to three more.";
  else said.textContent = ticked > MOST ? `${ticked} ticked. Only the first ${MOST} fit.` : `${ticked} ticked.`;
};

document.addEventListener("change", (event) => { if (event.target.form === tray) count(); });
// Back brings the ticks back.
addEventListener("pageshow", count);
