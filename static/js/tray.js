// Counts what is ticked in the tray's own words. Without this file the tray says how many fit, and the comparison itself
// answers one or nine.
const MOST = 4;
const tray = document.getElementById("compare");
const said = tray.querySelector("[data-ticked]");
const asked = said.textContent;
// On a program's page that program stands in the comparison anyhow.
const beside = [...tray.elements].filter((field) => field.type === "hidden" && field.name === "program").length;

const count = () => {
  const ticked = [...tray.elements].filter((field) => field.type === "checkbox" && field.checked).length;
  if (!ticked) said.textContent = asked;
  else if (ticked + beside === 1) said.textContent = "1 ticked. Tick one to three more.";
  else said.textContent = ticked + beside > MOST ? `${ticked} ticked. Only the first ${MOST - beside} fit.` : `${ticked} ticked.`;
};

document.addEventListener("change", (event) => { if (event.target.form === tray) count(); });
// Back brings the ticks back.
addEventListener("pageshow", count);
