/* While somebody filters the sidebar's tables, the folded ones are open: else a match would stay unseen. */
(() => {
  "use strict";
  const field = document.getElementById("nav-filter");
  if (!field) return;
  const folds = [...document.querySelectorAll("#nav-sidebar details")];
  const before = folds.map((fold) => fold.open);
  const follow = () => folds.forEach((fold, number) => { fold.open = field.value !== "" || before[number]; });
  for (const name of ["input", "change", "keyup"]) field.addEventListener(name, follow);
  follow();
})();
