// Keeps the list and an open conversation as they are now. Without this file one reloads the page; all else works.
"use strict";
(() => {
  const place = document.getElementById("stroom");
  const byId = (id) => document.getElementById(id);
  const status = byId("verbinding");
  const title = document.title;
  const form = byId("antwoord");
  const field = byId("tekst");
  const DRAFT = `trede antwoord ${place?.dataset.gesprek}`;
  let unseen = 0;

  const piece = (html) => {
    const made = document.createElement("template");
    made.innerHTML = html;
    return made.content;
  };
  function say(text, wrong = false) {
    status.classList.toggle("is-mis", wrong);
    if (status.firstChild?.textContent === text) return;
    status.replaceChildren(...(text ? [text] : []));
    if (wrong) status.append(" ", again());
  }
  function again() {
    const link = document.createElement("a");
    link.className = "utrecht-link";
    link.href = location.pathname + location.search;
    link.textContent = "Ververs de pagina";
    return link;
  }

  // --- a page that takes its time says that it is coming ---
  const fetching = () => setTimeout(() => { document.body.setAttribute("aria-busy", "true"); say("Wordt opgehaald …"); }, 400);
  document.querySelector(".zeef")?.addEventListener("submit", fetching);
  document.addEventListener("click", (event) => {
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey);
    if (plain && event.target.closest(".delen a, .bladeren a, .rij a, #nieuw")) fetching();
  });
  addEventListener("pageshow", () => { document.body.removeAttribute("aria-busy"); });
  // The new one in the place of the old, with the focus where it was and what was open still open.
  function replace(old, fresh) {
    const inside = old.contains(document.activeElement) ? document.activeElement : null;
    const open = [...old.querySelectorAll("details")].map((one) => one.open);
    const words = inside?.textContent;
    old.replaceWith(fresh);
    [...fresh.querySelectorAll("details")].forEach((one, at) => { one.open = open[at] ?? false; });
    if (!inside) return;
    const same = [...fresh.querySelectorAll("a, button, summary, select")].find((one) => one.textContent === words);
    (same ?? fresh.querySelector("a, [tabindex]"))?.focus({ preventScroll: true });
  }

  // --- the list ---
  function row(event) {
    const fresh = piece(event.data).querySelector("tr");
    const old = fresh && byId(fresh.id);
    if (old) replace(old, fresh);
  }
  function parts(event) {
    const fresh = piece(event.data).querySelector("nav");
    if (fresh) replace(byId("delen"), fresh);
  }
  function announce(event) {
    const bar = byId("nieuw");
    bar.textContent = event.data;
    bar.hidden = !event.data;
    byId("nieuw-gehoord").textContent = event.data ? `${event.data}. Ververs de lijst om ze te zien.` : "";
  }

  // --- the conversation ---
  const atTheEnd = () => innerHeight + scrollY > document.documentElement.scrollHeight - 120;
  function toTheEnd() {
    byId("onder").hidden = true;
    scrollTo({ top: document.documentElement.scrollHeight });
  }
  function message(event) {
    const messages = byId("berichten");
    if (byId(`m${event.lastEventId}`)) return;
    const follow = atTheEnd();
    for (const one of [...piece(event.data).children]) messages.append(one);
    if (follow) toTheEnd(); else byId("onder").hidden = false;
    if (document.hidden) document.title = `(${++unseen}) ${title}`;
    else seen();
  }
  function stand(event) {
    const fresh = piece(event.data).querySelector("#stand");
    if (fresh) replace(byId("stand"), fresh);
  }
  function deeds(event) {
    const fresh = piece(event.data).querySelector("#daden");
    if (!fresh || !form) return;
    replace(byId("daden"), fresh);
    const mine = fresh.dataset.mijn === "ja";
    byId("verstuur").disabled = !mine;
    form.hidden = !mine && !field.value;
    if (mine) byId("fout").replaceChildren();
    else if (field.value) tell(fresh.dataset.bij ? `${fresh.dataset.bij} heeft dit gesprek nu. Wat u typte staat hier nog.` : "U heeft dit gesprek niet meer. Wat u typte staat hier nog.");
  }
  function tell(text) {
    const told = document.createElement("p");
    told.className = "utrecht-form-field-error-message";
    told.setAttribute("role", "alert");
    told.textContent = text;
    byId("fout").replaceChildren(told);
  }
  const newest = () => [...document.querySelectorAll("#berichten > [id]")].at(-1)?.id.slice(1);
  function seen() {
    unseen = 0;
    document.title = title;
    const token = document.querySelector("input[name=csrf]")?.value;
    if (!newest() || !token) return;
    const body = new URLSearchParams({ csrf: token, tot: newest() });
    fetch(`/portal/gesprekken/${place.dataset.gesprek}/gezien`, { method: "POST", body, headers: { "HX-Request": "true" } }).catch(() => {});
  }
  document.addEventListener("visibilitychange", () => { if (!document.hidden && unseen) seen(); });

  // --- answering: the text goes only when the server has it ---
  if (form) {
    let busy = false;
    document.querySelector(".antwoord__toets").hidden = false;
    if (!field.value) field.value = sessionStorage.getItem(DRAFT) ?? "";
    field.addEventListener("input", () => sessionStorage.setItem(DRAFT, field.value));
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      if (!byId("verstuur").disabled) form.requestSubmit();
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (busy) return;
      busy = true;
      const sent = field.value;
      try {
        const body = new URLSearchParams(new FormData(form));
        const answer = await fetch(form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
        await settle(answer, sent);
      } catch {
        tell("Uw antwoord is nog niet verstuurd: er is geen verbinding. Probeer het zo nog een keer.");
      }
      busy = false;
      field.focus();
    });
    async function settle(answer, sent) {
      const html = piece(await answer.text());
      const next = html.querySelector("input[name=nummer]");
      if (answer.ok && next) {
        byId("nummer").replaceChildren(next);
        byId("fout").replaceChildren();
        field.value = field.value.startsWith(sent) ? field.value.slice(sent.length) : field.value;
        sessionStorage.setItem(DRAFT, field.value);
        field.setAttribute("aria-invalid", "false");
        return;
      }
      const fresh = html.querySelector("[data-csrf]")?.dataset.csrf;
      if (fresh) for (const one of document.querySelectorAll("input[name=csrf]")) one.value = fresh;
      const told = html.querySelector("[role=alert]");
      if (told) byId("fout").replaceChildren(told);
      else tell("Uw antwoord is nog niet verstuurd. Probeer het zo nog een keer.");
      field.setAttribute("aria-invalid", "true");
    }
    byId("onder").addEventListener("click", toTheEnd);
  }
  if (place?.dataset.gesprek && !location.hash && !document.querySelector("[autofocus]")) toTheEnd();

  // --- the open line; when it breaks the browser itself connects again ---
  if (!place?.dataset.stroom) return;
  const HEAR = { rij: row, delen: parts, nieuw: announce, bericht: message, stand, daden: deeds };
  let stream;
  function connect() {
    const address = new URL(place.dataset.stroom, location.href);
    if (place.dataset.gesprek && newest()) address.searchParams.set("bericht", newest());
    stream = new EventSource(address);
    for (const [name, heard] of Object.entries(HEAR)) stream.addEventListener(name, heard);
    stream.addEventListener("opnieuw", () => { stream.close(); location.reload(); });
    stream.addEventListener("uit", () => { stream.close(); say("U bent uitgelogd. Wat u typte staat hier nog.", true); });
    stream.addEventListener("open", () => { if (status.textContent) say(""); });
    stream.addEventListener("error", () => {
      if (stream.readyState === EventSource.CLOSED) say("Deze pagina wordt niet meer bijgewerkt.", true);
      else say("De verbinding is weg. We proberen het opnieuw.", true);
    });
  }
  // A browser keeps six lines to one place: a page that nobody sees needs none, unless somebody is awaited there.
  const awaited = () => !place.dataset.gesprek || byId("daden")?.dataset.mijn === "ja";
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && !awaited()) stream.close();
    else if (!document.hidden && stream.readyState === EventSource.CLOSED) connect();
  });
  addEventListener("pagehide", () => stream.close());
  addEventListener("pageshow", (event) => { if (event.persisted) connect(); });
  connect();
})();
