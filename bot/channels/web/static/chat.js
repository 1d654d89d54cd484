"use strict";
// Makes the chat live: a form is sent without leaving the page, and a tab that fell behind catches up.
// Without this file everything works by plain forms.
const CHECK_EVERY = 5000, SLOW_AFTER = 3000, GIVE_UP_AFTER = 15000;
let busy = false;
let depth = history.state?.depth ?? 0; // how many questions this page has gone on from
history.replaceState({ depth }, "");

function replace(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  document.body.replaceWith(document.adoptNode(page.body));
  document.documentElement.lang = page.documentElement.lang;
  document.title = page.title;
}

// --- to what is new

const calm = matchMedia("(prefers-reduced-motion: reduce)");

function arrive(behavior = calm.matches ? "auto" : "smooth", place = "new") {
  const first = document.getElementById(place) || document.getElementById("new");
  if (!first) return;
  if (first.matches(".trail > :first-child")) scrollTo({ top: 0, behavior });
  else first.scrollIntoView({ block: "start", behavior });
  const read = first.closest("#now") ? document.getElementById("q") || first : first;
  read.focus({ preventScroll: true });
}
if (!document.querySelector(".trail > #new:first-child")) arrive("auto");

// --- what is sent

function tell(name) {
  document.querySelector(".telling")?.remove();
  const words = document.getElementById(name);
  if (!words) return null;
  (document.querySelector(".quiet-bar") || document.querySelector("main")).prepend(words.content.cloneNode(true));
  return document.querySelector(".telling");
}

function remembers() { // navigator.cookieEnabled says yes where a setting of the browser refuses them
  document.cookie = "celvedis_try=1; SameSite=Lax";
  const kept = document.cookie.includes("celvedis_try=1");
  document.cookie = "celvedis_try=; SameSite=Lax; max-age=0";
  return kept;
}
if (!remembers()) tell("no-cookies");

function lost(form, submitter, page = "") {
  const told = tell("lost");
  if (!told) return;
  const why = new DOMParser().parseFromString(page, "text/html").getElementById("new");
  if (why) told.querySelector("p").textContent = why.textContent;
  told.querySelector("button").addEventListener("click", () => form.requestSubmit(submitter));
}

function place() {
  return document.getElementById("now")?.dataset.place;
}

async function send(form, submitter, onward) {
  busy = true;
  document.body.setAttribute("aria-busy", "true");
  document.querySelector(".telling")?.remove();
  submitter?.classList.add("sent");
  const slow = setTimeout(tell, SLOW_AFTER, "slow");
  const body = new URLSearchParams(new FormData(form));
  if (submitter?.name) body.append(submitter.name, submitter.value);
  try {
    const signal = AbortSignal.timeout?.(GIVE_UP_AFTER);
    const answer = await fetch(form.action, { method: "POST", body, signal });
    const page = await answer.text(), before = place();
    if (answer.status >= 500) { lost(form, submitter, page); return; }
    replace(page);
    if (onward && place() !== before) history.pushState({ depth: ++depth }, "", location.pathname);
    arrive(undefined, new URL(form.action).hash.slice(1));
  } catch {
    lost(form, submitter);
  } finally {
    clearTimeout(slow);
    busy = false;
    document.body.removeAttribute("aria-busy");
    submitter?.classList.remove("sent");
  }
}

document.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!busy) send(event.target, event.submitter, true);
});

// --- the browser's Back is the conversation's

addEventListener("popstate", async (event) => {
  const there = event.state?.depth;
  if (there === undefined) history.replaceState({ depth }, ""); // an anchor within the page
  else if (there > depth) { depth = there; location.reload(); }
  else for (; depth > there; depth -= 1) {
    const button = document.querySelector(".quiet [value='@back']");
    if (button && !busy) await send(button.form, button, false);
  }
});

// --- another tab

async function catchUp() {
  const known = document.body.dataset.version;
  if (busy || document.hidden || known === undefined) return;
  if (document.getElementById("text")?.value || document.querySelector(":checked")) return;
  try {
    const { version } = await (await fetch("/version")).json();
    if (String(version) === document.body.dataset.version || busy) return;
    replace(await (await fetch("/")).text());
    arrive();
  } catch { /* offline: the next time will do */ }
}
setInterval(catchUp, CHECK_EVERY);
document.addEventListener("visibilitychange", catchUp);
