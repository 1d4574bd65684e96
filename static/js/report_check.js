/* Asks for the list of what is still missing each time the report has been saved, and leads from a line
   of it to its field. Rows keep the number they were made with, so a problem or promise is found by its place.

     <div data-report-check hx-get="…" hx-trigger="saved">   anywhere on a page with an autosaved form */
(function () {
  "use strict";

  const { app } = window;

  function fieldOf(id) {
    const [, prefix, place, name] = id.match(/^id_(problems|promises)-(\d+)-(\w+)$/) || [];
    const rows = [...document.querySelectorAll(`[data-formset=${prefix}] [data-formset-row]:not([hidden])`)];
    const row = name && rows[Number(place)];
    return (row && row.querySelector(`[name$="-${name}"]`)) || document.getElementById(id);
  }

  app.ready("[data-report-check]", (panel) => {
    const line = document.querySelector("[data-autosave-state]");
    if (!line) return;
    panel.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']");
      const target = link && fieldOf(link.hash.slice(1));
      if (!target) return;
      event.preventDefault();
      target.focus();
      target.scrollIntoView({ block: "center" });
    });
    new MutationObserver(() => {
      if (line.dataset.autosaveState === "saved") panel.dispatchEvent(new Event("saved"));
    }).observe(line, { attributes: true, attributeFilter: ["data-autosave-state"] });
  });
})();
