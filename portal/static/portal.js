// Makes the staff's pages quicker to use: keys, and a warning before the session ends. Everything works without it.
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const KEYS = "trede sneltoetsen";

  // --- windows ---
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-sluit]")) event.target.closest("dialog").close();
    if (event.target.closest("[data-toetsen]")) byId("toetsen").showModal();
  });
  for (const button of document.querySelectorAll("[data-toetsen]")) button.hidden = false;

  // --- keys; they can be turned off (WCAG 2.1.4) ---
  const on = byId("toetsen-aan");
  if (on) {
    on.checked = localStorage.getItem(KEYS) !== "uit";
    on.addEventListener("change", () => localStorage.setItem(KEYS, on.checked ? "aan" : "uit"));
  }
  const typing = (element) => element.closest("input, textarea, select, dialog, [contenteditable]");
  function step(by) {
    const firsts = [...document.querySelectorAll("[data-rij]")].map((row) => row.querySelector("a, button")).filter(Boolean);
    const at = firsts.findIndex((e) => e.closest("[data-rij]").contains(document.activeElement));
    firsts[Math.min(Math.max(at + by, 0), firsts.length - 1)]?.focus();
  }
  const DO = {
    "/": () => document.querySelector("[type=search]")?.focus(),
    j: () => step(1),
    k: () => step(-1),
    "?": () => byId("toetsen")?.showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    if (!DO[event.key] || (on && !on.checked)) return;
    event.preventDefault();
    DO[event.key]();
  });

  // --- a form that was too old gets the token of the new session ---
  document.addEventListener("htmx:after:swap", () => {
    const token = document.querySelector("#melding [data-csrf]")?.dataset.csrf;
    if (token) for (const field of document.querySelectorAll("input[name=csrf]")) field.value = token;
  });

  // --- a password that one can look at ---
  for (const field of document.querySelectorAll("[data-toonbaar]")) {
    const button = document.createElement("button");
    const show = (shown) => {
      field.type = shown ? "text" : "password";
      button.textContent = shown ? "Verberg" : "Toon";
      button.setAttribute("aria-pressed", String(shown));
    };
    button.type = "button";
    button.className = "utrecht-button utrecht-button--secondary-action";
    button.setAttribute("aria-controls", field.id);
    button.addEventListener("click", () => show(field.type === "password"));
    field.form.addEventListener("submit", () => show(false));
    const row = document.createElement("div");
    row.className = "wachtwoord";
    field.replaceWith(row);
    row.append(field, button);
    show(false);
  }

  // --- the session: told two minutes before it ends ---
  const WARN = 120;
  const end = byId("einde");
  if (!end || !document.body.dataset.over) return;
  let until = 0, timer = 0;
  function plan(seconds) {
    until = Date.now() + seconds * 1000;
    clearTimeout(timer);
    timer = setTimeout(look, Math.max(seconds - WARN, 0) * 1000);
  }
  const left = () => Math.round((until - Date.now()) / 1000);
  async function ask(method, body) {
    try {
      const answer = await fetch("/portal/sessie", { method, body, redirect: "manual" });
      return answer.ok ? Number(await answer.text()) : 0;
    } catch { return left(); }
  }
  // Another tab may have kept the session: the server knows.
  async function look() {
    const seconds = await ask("GET");
    if (seconds > WARN + 5) { end.close(); plan(seconds); return; }
    until = Date.now() + seconds * 1000;
    if (!end.open) end.showModal();
    count();
  }
  function count() {
    if (!end.open) return;
    const seconds = left();
    const told = end.querySelector("[data-tijd]");
    if (seconds <= 0) {
      byId("einde-kop").textContent = "U bent uitgelogd";
      byId("einde-uitleg").textContent = "Wat u typte staat er nog. Log in een nieuw tabblad opnieuw in voordat u het verstuurt.";
      end.querySelector("[data-blijf]").hidden = true;
      return;
    }
    const words = seconds > 90 ? "2 minuten" : seconds > 30 ? "1 minuut" : `${seconds} seconden`;
    if (told && told.textContent !== words) told.textContent = words;
    timer = setTimeout(count, 1000);
  }
  end.querySelector("[data-blijf]").addEventListener("click", async (event) => {
    const form = new URLSearchParams({ csrf: document.querySelector("input[name=csrf]")?.value ?? event.target.dataset.csrf });
    const seconds = await ask("POST", form);
    if (seconds > 0) { end.close(); plan(seconds); } else { until = 0; count(); }
  });
  plan(Number(document.body.dataset.over));
})();
