/* A long table of choices: tick every row, or give every row the same answer. Without script each row is chosen by itself. */
(function () {
  "use strict";

  const bar = document.querySelector("[data-choosing]");
  if (!bar) return;
  const form = bar.closest("form");
  bar.hidden = false;

  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const answer = button.dataset.selectAll;
    if (answer) {
      for (const select of form.querySelectorAll("select")) {
        if ([...select.options].some((option) => option.value === answer)) select.value = answer;
      }
    } else {
      for (const box of form.querySelectorAll("tbody input[type=checkbox]")) box.checked = true;
    }
  });
})();
