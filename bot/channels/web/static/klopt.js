// "Klopt dit?" under an answer: what comes is brought into sight, and what did not arrive is told.
"use strict";
(() => {
  const status = document.getElementById("melding");
  const failed = document.getElementById("regel").dataset.mislukt;
  const asked = (event) => event.detail?.ctx?.sourceElement?.closest?.(".klopt");

  document.addEventListener("htmx:after:swap", (event) => {
    const { target } = event.detail?.ctx || {};
    if (!target?.id || !target.classList?.contains("klopt")) return;
    document.getElementById(target.id)?.scrollIntoView({ block: "nearest" });
  });
  function tell(event) {
    if (!asked(event)) return;
    status.classList.add("is-mis");
    status.textContent = failed;
  }
  document.addEventListener("htmx:error", tell);
  document.addEventListener("htmx:response:error", (event) => {
    if (event.detail?.ctx?.response?.status >= 500) tell(event);
  });
})();
