// Makes the chat live: without this file it works by posting forms. htmx posts and streams; here is what it leaves open.
"use strict";
(() => {
  const page = document.documentElement;
  const form = document.getElementById("regel");
  const messages = document.getElementById("berichten");
  const input = document.getElementById("tekst");
  const send = document.getElementById("verstuur");
  const status = document.getElementById("melding");
  const stream = () => document.getElementById("stroom");
  const base = `/${form.dataset.slug}`;
  const DRAFT = `trede ${base}`;
  let busy = false, sent = "", failures = 0, polling = 0, lost = false, lastSign = Date.now();
  page.classList.add("js");

  // --- what is said in the line above the input ---
  function say(text, wrong = false) {
    status.classList.toggle("is-mis", wrong);
    if (status.textContent !== text) status.textContent = text;
  }
  function setLost(now) {
    if (now === lost) return;
    lost = now;
    say(lost ? form.dataset.weg : form.dataset.terug, lost);
    if (!lost) setTimeout(() => { if (status.textContent === form.dataset.terug) say(""); }, 5000);
  }

  // --- sending: the text goes only when the server has it ---
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit(send);
  });
  document.addEventListener("submit", (event) => {
    if (event.target !== form) return;
    // One at a time: two lines with one number would be taken for the same line.
    if (busy) { event.preventDefault(); event.stopImmediatePropagation(); return; }
    busy = true;
    sent = event.submitter?.name ? "" : input.value;
    send.setAttribute("aria-disabled", "true");
  }, true);
  function settle(accepted) {
    const fault = document.getElementById("fout");
    if (accepted && sent) input.value = input.value.startsWith(sent) ? input.value.slice(sent.length) : input.value;
    input.setAttribute("aria-invalid", String(!accepted && Boolean(fault.textContent)));
  }
  const isForm = (event) => event.detail?.ctx?.sourceElement === form;
  document.addEventListener("htmx:after:request", (event) => {
    if (!isForm(event)) return;
    const { response, text, hx } = event.detail.ctx;
    // A page of a proxy, or one of an error, is not for the form.
    if (hx?.refresh || text.includes('id="velden"')) { if (!lost) say(""); return; }
    event.preventDefault();
    say(form.dataset.mislukt, true);
    response.failed = true;
  });
  document.addEventListener("htmx:after:swap", (event) => {
    if (isForm(event)) settle(event.detail.ctx.response.status < 400);
  });
  document.addEventListener("htmx:error", (event) => {
    if (isForm(event)) say(form.dataset.mislukt, true);
    else if (event.detail?.ctx?.sourceElement === stream()) streamFailed();
  });
  document.addEventListener("htmx:finally:request", (event) => {
    if (!isForm(event)) return;
    busy = false;
    send.removeAttribute("aria-disabled");
  });

  // --- receiving: every message once, and no silence that looks like a connection ---
  function streamFailed() {
    failures += 1;
    startPolling();
  }
  document.addEventListener("htmx:sse:error", streamFailed);
  document.addEventListener("htmx:response:error", (event) => {
    if (event.detail?.ctx?.sourceElement === stream()) streamFailed();
  });
  document.addEventListener("htmx:sse:after:connection", () => {
    failures = 0;
    lastSign = Date.now();
    setLost(false);
    clearInterval(polling);
    polling = 0;
  });
  document.addEventListener("htmx:sse:before:message", (event) => {
    lastSign = Date.now();
    const { message } = event.detail;
    if (!message.event && document.getElementById(`m${message.id}`)) event.detail.cancelled = true;
  });
  document.addEventListener("opnieuw", reload); // the conversation on this page is no more
  document.addEventListener("plaats", startPolling); // a newer page of this browser has our place
  function startPolling() {
    if (polling) return;
    polling = setInterval(poll, 5000);
    poll();
  }
  async function poll() {
    const tag = form.elements.gesprek.value;
    if (!tag) return;
    const last = messages.lastElementChild?.id.slice(1) || 0;
    try {
      const answer = await fetch(`${base}/berichten?na=${last}&gesprek=${tag}`, { headers: { "HX-Request": "true" } });
      if (answer.status === 409) { reload(); return; }
      if (!answer.ok) throw new Error(String(answer.status));
      const piece = document.createElement("template");
      piece.innerHTML = await answer.text();
      for (const message of [...piece.content.children]) if (!document.getElementById(message.id)) {
        messages.append(message);
        htmx.process(message);
      }
      setLost(false);
      if (failures && !stream()._htmx?.sse) reconnect();
    } catch { setLost(true); }
  }
  function reconnect() { // only a stream that never came up: htmx brings back the others itself
    const fresh = stream().cloneNode(false);
    fresh.removeAttribute("data-htmx-powered");
    stream().replaceWith(fresh);
    htmx.process(fresh);
  }
  // A line that is silent for longer than two pings is dead, whatever the browser thinks.
  const wakeStream = () => stream()._htmx?.sse?.reader?.cancel();
  setInterval(() => { if (Date.now() - lastSign > 40000) { lastSign = Date.now(); wakeStream(); } }, 10000);
  addEventListener("online", wakeStream);
  addEventListener("offline", () => setLost(true));

  function reload() {
    if (input.value) sessionStorage.setItem(DRAFT, input.value);
    location.replace(base);
  }
  if (sessionStorage.getItem(DRAFT)) {
    input.value = sessionStorage.getItem(DRAFT);
    sessionStorage.removeItem(DRAFT);
  }
})();
