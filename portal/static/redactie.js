// Counts words while an editor types, filters the amounts and puts one into the text. Everything works without it.
"use strict";
(() => {
  const form = document.getElementById("tekst");
  if (!form) return;
  const areas = [...form.querySelectorAll("textarea")];
  const LONGEST = 20;

  // --- words: a placeholder counts as one, as in the check ---
  const words = (text) => text.replace(/\{[^{}]*\}/g, "0").split(/\s+/).filter((w) => /[\p{L}\p{N}]/u.test(w)).length;
  const sentences = (text) => text.split(/\n|(?<=[.!?])["')\]]*\s+/);
  function count(area) {
    const told = document.getElementById(`${area.id}-teller`);
    const together = area.dataset.samen ? areas.filter((a) => a.dataset.samen === area.dataset.samen) : [area];
    const all = together.reduce((sum, a) => sum + words(a.value), 0);
    const longest = Math.max(...sentences(area.value).map(words));
    told.hidden = !area.value.trim();
    told.textContent = `${all} van 60 woorden${together.length > 1 ? " samen" : ""} · langste zin ${longest} van ${LONGEST}`;
    told.classList.toggle("teller--vol", all > 60 || longest > LONGEST);
  }
  const countAll = () => areas.forEach(count);
  form.addEventListener("input", countAll);
  countAll();

  // --- the amounts ---
  let last = areas[0];
  for (const area of areas) area.addEventListener("focus", () => { last = area; });
  for (const row of form.querySelectorAll(".bedragenlijst li")) {
    const name = row.querySelector("code").textContent;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "utrecht-button utrecht-button--secondary-action knop--klein";
    button.textContent = "Zet in tekst";
    button.setAttribute("aria-label", `Zet ${name} in de tekst`);
    button.addEventListener("click", () => {
      last.setRangeText(name, last.selectionStart, last.selectionEnd, "end");
      last.dispatchEvent(new Event("input", { bubbles: true }));
      last.focus();
    });
    row.append(" ", button);
  }
  const search = document.getElementById("bedragen-zoek");
  if (search) {
    search.closest("[data-zeef]").hidden = false;
    search.addEventListener("input", () => {
      const asked = search.value.trim().toLowerCase();
      for (const row of form.querySelectorAll(".bedragenlijst li")) row.hidden = !row.textContent.toLowerCase().includes(asked);
    });
    search.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  }

  // --- leaving with something unsaved is asked about ---
  const start = areas.map((a) => a.value).join("\0");
  let sending = false;
  form.addEventListener("submit", () => { sending = true; });
  addEventListener("pageshow", () => { sending = false; });
  addEventListener("beforeunload", (event) => {
    const changed = areas.map((a) => a.value).join("\0") !== start || document.querySelector(".kaart--mis, .kaart--let-op");
    if (changed && !sending) event.preventDefault();
  });
})();
