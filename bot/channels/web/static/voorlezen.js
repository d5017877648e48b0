// Reads a message aloud, where the device has a voice for it. Nothing is sent anywhere.
"use strict";
(() => {
  const page = document.documentElement;
  const speech = window.speechSynthesis;
  if (!speech) return;
  const voiceFor = (lang) => speech.getVoices().find((voice) => voice.lang.toLowerCase().startsWith(lang));
  const findVoices = () => page.classList.toggle("kan-voorlezen", Boolean(voiceFor("nl")));
  let reading = null;

  function stop() {
    speech.cancel();
    if (reading) reading.textContent = reading.dataset.start;
    reading = null;
  }
  function start(button) {
    const text = button.closest(".bel").querySelector(".bel__tekst");
    const words = new SpeechSynthesisUtterance(text.textContent);
    words.lang = text.lang;
    words.voice = voiceFor(text.lang) || null;
    words.onend = () => { if (reading === button) stop(); };
    button.dataset.start = button.textContent;
    button.textContent = button.dataset.stop;
    reading = button;
    speech.speak(words);
  }

  findVoices();
  speech.addEventListener?.("voiceschanged", findVoices); // they come after the page
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".voorlezen");
    if (!button) return;
    const again = button === reading;
    stop();
    if (!again) start(button);
  });
})();
