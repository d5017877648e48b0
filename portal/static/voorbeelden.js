// Chooses all examples at once and tells how many are chosen. Everything works without it.
"use strict";
(() => {
  const form = document.getElementById("gekozen");
  const all = form?.querySelector("[data-alles]");
  if (!all) return;
  const boxes = [...form.querySelectorAll(".zinnen input[type=checkbox]")];
  const told = form.querySelector("[data-aantal]");
  const number = () => boxes.filter((box) => box.checked).length;
  function tell() {
    told.textContent = number() ? `${number()} gekozen` : "";
    all.textContent = number() === boxes.length ? "Kies niets" : "Kies alles";
  }
  all.hidden = false;
  all.addEventListener("click", () => {
    const on = number() < boxes.length;
    for (const box of boxes) box.checked = on;
    tell();
  });
  form.addEventListener("change", tell);
  tell();
})();
