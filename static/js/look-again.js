// A page that waits for the worker looks again by itself. Without this file a <noscript> refresh does it.
// It only ever reads the page's own address: the answer to a press stands at the press's, where reading is refused and
// loading anew would send the press once more.
const here = document.querySelector("[data-look-again]");
const leave = () => location.replace(here.dataset.lookAt);
async function look() {
  try {
    const answer = await fetch(here.dataset.lookAt, { headers: { Accept: "text/html" } });
    if (answer.redirected || !answer.ok) return leave();
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = fresh.querySelector("#content-main");
    // Something to press has come: the page as a whole, with its focus and its messages.
    if (!now || !now.dataset.lookAgain) return leave();
    const state = here.querySelector(".release-state");
    if (!state.contains(document.activeElement)) state.replaceWith(now.querySelector(".release-state"));
  } catch {
    // no answer: the next look may have one
  }
  setTimeout(look, Number(here.dataset.lookAgain) * 1000);
}
if (here) setTimeout(look, Number(here.dataset.lookAgain) * 1000);
