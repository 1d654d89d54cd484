"use strict";
// Makes the chat live: a form is sent without leaving the page, and a tab that fell behind catches up.
// Without this file everything works by plain forms.
const CHECK_EVERY = 5000;
let busy = false;

function replace(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  document.body.replaceWith(document.adoptNode(page.body));
  document.documentElement.lang = page.documentElement.lang;
  document.title = page.title;
}

function arrive() {
  const now = document.getElementById("now");
  if (!now) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const first = document.querySelector(".aside") || now;
  first.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  const question = document.getElementById("q");
  if (question) question.focus({ preventScroll: true });
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (busy) { event.preventDefault(); return; }
  event.preventDefault();
  busy = true;
  try {
    const body = new URLSearchParams(new FormData(form, event.submitter));
    const answer = await fetch(form.action, { method: "POST", body });
    replace(await answer.text());
    arrive();
  } catch {
    form.submit();
  } finally {
    busy = false;
  }
});

async function catchUp() {
  const known = document.body.dataset.version;
  if (busy || document.hidden || known === undefined) return;
  const typed = document.getElementById("text");
  if (typed && typed.value) return;
  try {
    const { version } = await (await fetch("/version")).json();
    if (String(version) !== document.body.dataset.version) replace(await (await fetch("/")).text());
  } catch { /* offline: the next time will do */ }
}
setInterval(catchUp, CHECK_EVERY);
document.addEventListener("visibilitychange", catchUp);
