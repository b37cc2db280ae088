// Back may take a page out of memory as it was left, with what was ticked after it had been loaded. The choices must
// be those of the address again, as they are after a reload.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.querySelectorAll("form.facets, form.sort")) form.reset();
});
