// What the pages do better with scripts than without. Nothing here is needed: every link and form works alone.
"use strict";

(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];

  // --- A form is sent once. The server holds the same rule; this spares the waiting user the doubt. -------------
  function sendOnce(event) {
    const form = event.target;
    // data-stay: the answer is a file, so the page stays and the button must work again.
    if (event.defaultPrevented || form.method !== "post" || "stay" in form.dataset || form.target) return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    for (const button of all("button[type=submit], button:not([type])", form)) button.setAttribute("aria-disabled", "true");
    event.submitter?.setAttribute("aria-busy", "true");
  }
  function sendAgain(root = document) {
    for (const form of all("form[data-sent]", root)) {
      delete form.dataset.sent;
      for (const button of all("[aria-disabled]", form)) ["aria-disabled", "aria-busy"].forEach((name) => button.removeAttribute(name));
    }
  }
  addEventListener("submit", throwAway);
  addEventListener("submit", sendOnce);
  addEventListener("pageshow", (event) => {
    // A page that the browser had put aside whole, perhaps since before somebody logged out, is asked for anew.
    if (event.persisted) location.reload();
    sendAgain();
    for (const form of all("form[data-thrown]")) delete form.dataset.thrown;
  });
  addEventListener("htmx:afterRequest", () => sendAgain());

  // --- Unsaved typing is kept on the server: two seconds after the last key, when a field is left, with Ctrl+S. --
  const waiting = new WeakMap();
  const lastKept = new WeakMap();
  const onItsWay = new Set();
  // With the form's key: when the form itself reaches the server first, there is nothing more to keep.
  const content = (form) => new URLSearchParams(new FormData(form));
  function tell(form, state, time = "", why = "") {
    const place = $("[data-saved]", form);
    if (!place) return;
    place.dataset.state = state;
    place.textContent = why || `${place.dataset[state]}${time ? ` ${time}` : ""}`;
  }
  // Tried again by itself, which is no activity, while the server is away; never what it has refused.
  async function keep(form, again = false) {
    clearTimeout(waiting.get(form));
    const data = content(form);
    if (form.dataset.sent || "thrown" in form.dataset || lastKept.get(form) === data.toString()) return;
    tell(form, "saving");
    const sending = fetch(form.dataset.draftUrl, { method: "POST", body: data, headers: { "X-Autosave": "1", ...(again && { "X-Passive": "1" }) }, redirect: "error", keepalive: data.toString().length < 60000 });
    onItsWay.add(sending);
    try {
      const answer = await sending;
      if (answer.status === 422) return tell(form, "refused", "", (await answer.json()).error);
      if (answer.status >= 400 && answer.status < 500) return tell(form, "refused");
      if (!answer.ok) throw new Error(String(answer.status));
      const { saved_at: time } = await answer.json();
      lastKept.set(form, data.toString());
      tell(form, "done", time);
    } catch {
      tell(form, "failed");
      waiting.set(form, setTimeout(keep, 10000, form, true));
    } finally { onItsWay.delete(sending); }
  }
  // What is thrown away must not come back: what is on its way arrives first, if it does, and nothing more is kept.
  const longestWait = 5000;
  async function throwAway(event) {
    const form = event.target;
    if (!("discards" in form.dataset)) return;
    for (const draft of all("form[data-draft-url]")) draft.dataset.thrown = "1";
    if (!onItsWay.size) return;
    event.preventDefault();
    if (form.dataset.thrown) return;
    form.dataset.thrown = "1";
    event.submitter?.setAttribute("aria-busy", "true");
    await Promise.race([Promise.allSettled(onItsWay), new Promise((resolve) => setTimeout(resolve, longestWait))]);
    form.submit();
  }
  const draftForm = (element) => element?.closest?.("form[data-draft-url]");
  function rememberDrafts() {
    for (const form of all("form[data-draft-url]")) if (!lastKept.has(form)) lastKept.set(form, content(form).toString());
  }
  addEventListener("input", (event) => {
    showLimit(event.target);
    const form = draftForm(event.target);
    if (!form) return;
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(keep, 2000, form));
  });
  addEventListener("focusout", (event) => { const form = draftForm(event.target); if (form) keep(form); });
  addEventListener("visibilitychange", () => { if (document.hidden) all("form[data-draft-url]").forEach((form) => keep(form)); });

  // --- A long text counts down only when the limit is near. -------------------------------------------------------
  function showLimit(field) {
    const limit = Number(field.dataset?.limit);
    if (!limit) return;
    const left = limit - field.value.length;
    let place = field.nextElementSibling;
    if (!place?.matches(".limit-left")) {
      if (left > limit / 20) return;
      place = document.createElement("p");
      place.className = "limit-left";
      place.setAttribute("role", "status");
      field.after(place);
    }
    place.textContent = left > limit / 20 ? "" : `${field.value.length} / ${limit}`;
    place.classList.toggle("over", left < 0);
  }

  // --- The session: a warning two minutes before its end; tabs agree; asking how long is left is not activity. ----
  const dialog = $("#session-dialog");
  if (dialog) {
    const tabs = "BroadcastChannel" in window ? new BroadcastChannel("samordna-session") : null;
    const warnAt = 120;
    let ends = Date.now() + Number(dialog.dataset.seconds) * 1000;
    let asking = false;
    function prolong(seconds, tellOthers) {
      ends = Date.now() + seconds * 1000;
      if (seconds > warnAt && dialog.open) dialog.close();
      if (tellOthers) tabs?.postMessage(seconds);
    }
    function leave() {
      // Computers are shared: what the page showed must not stay on the screen.
      document.body.replaceChildren();
      const back = `${location.pathname}${location.search}`;
      location.replace(`${dialog.dataset.login || "/"}?next=${encodeURIComponent(back)}`);
    }
    async function ask(options = {}) {
      if (asking) return;
      asking = true;
      try {
        const answer = await fetch(dialog.dataset.url, { redirect: "error", ...options });
        if (answer.status === 401) return leave();
        if (answer.ok) prolong((await answer.json()).seconds_left, true);
      } catch { /* The network is away: the next look comes in a few seconds. */ } finally { asking = false; }
    }
    async function look() {
      const left = (ends - Date.now()) / 1000;
      if (left <= warnAt && !dialog.open) {
        await ask();
        if ((ends - Date.now()) / 1000 <= warnAt && document.body.contains(dialog)) dialog.showModal();
      } else if (left <= 0) await ask();
      if (ends < Date.now() - 5000) leave();
    }
    tabs?.addEventListener("message", (event) => prolong(Number(event.data), false));
    tabs?.postMessage(Number(dialog.dataset.seconds));
    addEventListener("htmx:afterRequest", (event) => {
      const left = Number(event.detail.xhr?.getResponseHeader("X-Session-Seconds"));
      if (left) prolong(left, true);
    });
    $("form", dialog).addEventListener("submit", (event) => {
      event.preventDefault();
      ask({ method: "POST", body: new URLSearchParams(new FormData(event.target)) });
    });
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); $("form", dialog).requestSubmit(); });
    setInterval(look, 5000);
  }

  // --- What asks for news by itself rests while nobody looks at the page. -----------------------------------------
  addEventListener("htmx:beforeRequest", (event) => {
    if (document.hidden && event.detail.elt.matches("[data-live]")) event.preventDefault();
  });

  // --- Keys. Only with a modifier, or inside the list that has the focus (WCAG 2.1.4). ----------------------------
  function moveInList(event) {
    const row = event.target.closest?.(".worklist tbody tr, [data-rows] > *");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!row || !step || event.target.matches("input, textarea, select")) return;
    const rows = [...row.parentElement.children];
    const link = rows[rows.indexOf(row) + step]?.querySelector("a[href], button, input");
    if (!link) return;
    event.preventDefault();
    link.focus();
  }
  addEventListener("keydown", (event) => {
    const control = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const find = $("#find");
    if (control && event.key.toLowerCase() === "k" && find) {
      event.preventDefault();
      find.focus();
      find.select();
    } else if (control && event.key.toLowerCase() === "s") {
      const form = draftForm(document.activeElement) || $("form[data-draft-url]");
      if (form) { event.preventDefault(); keep(form); }
    } else if (event.key === "Escape") {
      const menu = $("details.menu[open]");
      if (menu) { menu.open = false; $("summary", menu).focus(); }
    } else moveInList(event);
  });
  addEventListener("click", (event) => {
    for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });

  // --- Where one was: the summary of errors takes the focus; htmx's swaps give it back. -----------------------------
  let focused = "";
  addEventListener("htmx:beforeSwap", (event) => {
    focused = document.activeElement?.id || "";
    // The database is away: the answer says so in a sentence. What asks by itself asks again by itself.
    const { xhr, requestConfig } = event.detail;
    if (xhr.status !== 503 || requestConfig.elt.matches("[data-live]")) return;
    if (requestConfig.elt.href) location.assign(requestConfig.elt.href);
    else event.detail.shouldSwap = true;
  });
  addEventListener("htmx:afterSettle", () => {
    if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus();
    rememberDrafts();
  });
  function ready() {
    rememberDrafts();
    all("textarea[data-limit]").forEach(showLimit);
    $("[data-focus]")?.focus();
    for (const link of all(".error-summary a")) link.addEventListener("click", (event) => {
      const field = document.getElementById(link.hash.slice(1));
      if (!field) return;
      event.preventDefault();
      (field.matches("fieldset") ? $("input", field) || field : field).focus();
      field.scrollIntoView({ block: "center" });
    });
  }
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", ready); else ready();
})();
