// A button for what the menu of the browser does too.
"use strict";
for (const button of document.querySelectorAll("[data-afdrukken]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
for (const hint of document.querySelectorAll("[data-zonder-knop]")) hint.hidden = true;
