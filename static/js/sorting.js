/* Rows dragged by a handle, where Sortable is loaded; the buttons beside it do the same.
     data-sortable-rows            rows of a formset (formset.js writes their order)
     data-sortable="<input id>"    table rows with data-key; their keys go into that input, and the
                                   button with data-sortable-save appears */
(function () {
  "use strict";

  const { app, Sortable } = window;
  if (!Sortable) return;

  app.ready("[data-formset-rows]", (rows) => {
    if (!rows.closest("[data-sortable-rows]")) return;
    Sortable.create(rows, {
      animation: 0,
      handle: ".row-card-title",
      onEnd: () => rows.closest("[data-formset]").dispatchEvent(new CustomEvent("app:sorted")),
    });
  });

  app.ready("[data-sortable]", (body) => {
    const input = document.getElementById(body.dataset.sortable);
    const save = document.querySelector("[data-sortable-save]");
    Sortable.create(body, {
      animation: 0,
      handle: "[data-drag]",
      onEnd: () => {
        input.value = [...body.children].map((row) => row.dataset.key).join(",");
        save.hidden = false;
      },
    });
    for (const handle of body.querySelectorAll("[data-drag]")) handle.hidden = false;
  });
})();
