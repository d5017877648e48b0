// Keeps the newest message in sight, unless somebody reads above.
"use strict";
(() => {
  const log = document.getElementById("log");
  const messages = document.getElementById("berichten");
  const jump = document.getElementById("nieuw");
  let atEnd = true;

  function reveal(message) {
    if (!message) return;
    // Of an answer longer than the screen the beginning is shown.
    log.scrollTop = message.offsetHeight > log.clientHeight ? message.offsetTop - 16 : log.scrollHeight;
    jump.hidden = true;
  }
  log.addEventListener("scroll", () => {
    atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
    if (atEnd) jump.hidden = true;
  }, { passive: true });
  new MutationObserver((changes) => {
    const added = changes.flatMap((change) => [...change.addedNodes]).filter((node) => node.classList?.contains("bericht"));
    if (!added.length) return;
    added.forEach((message) => message.classList.add("is-nieuw"));
    const mine = added.some((message) => message.classList.contains("bericht--u"));
    if (atEnd || mine) { reveal(added.find((m) => m.offsetHeight > log.clientHeight) || added.at(-1)); atEnd = true; }
    else jump.hidden = false;
  }).observe(messages, { childList: true });
  jump.addEventListener("click", () => { reveal(messages.lastElementChild); log.focus({ preventScroll: true }); });
  // The place for the input changes with its letters and with the keyboard of a phone.
  new ResizeObserver(() => { if (atEnd) log.scrollTop = log.scrollHeight; }).observe(log);

  // A new conversation is read from its beginning: that this is a chatbot.
  if (messages.querySelector(".bericht--u")) reveal(messages.lastElementChild);
  else atEnd = false;
})();
