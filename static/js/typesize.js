/* Large or standard type. The choice is a cookie, so that the server writes the class into <html>
   and no page flashes in the wrong size. */
(function () {
  "use strict";

  const YEAR = 365 * 24 * 60 * 60;
  const root = document.documentElement;

  function show(button) {
    const large = root.classList.contains("type-large");
    const label = large ? button.dataset.labelStandard : button.dataset.labelLarge;
    button.querySelector("[data-type-size-label]").textContent = label;
    button.hidden = false;
  }

  for (const button of document.querySelectorAll("[data-type-size]")) {
    show(button);
    button.addEventListener("click", () => {
      const large = root.classList.toggle("type-large");
      document.cookie = `type_size=${large ? "large" : "standard"}; path=/; max-age=${YEAR}; samesite=lax`;
      show(button);
    });
  }
})();
