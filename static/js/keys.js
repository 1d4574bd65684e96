/* Keys that press a button of the page, for whoever leads from a keyboard.

     <button data-key="n">下一位 <kbd>N</kbd></button>

   Nothing happens while somebody types, with Ctrl, Alt or Meta, or while a key is held down. */
(function () {
  "use strict";

  document.addEventListener("keydown", (event) => {
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const wanted = event.key.toLowerCase();
    const button = [...document.querySelectorAll("[data-key]")].find((one) => one.dataset.key === wanted && !one.disabled);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
})();
