/* Typing a ballot of paper without looking at the screen: a digit fills its box and goes on to the next that is
   empty; arrows and Enter move as in a table. Where points are typed, Enter goes on. */
(function () {
  "use strict";

  const { app } = window;

  function move(boxes, at) {
    const box = boxes[at];
    if (!box) return false;
    box.focus();
    box.select();
    return true;
  }

  app.ready(".paper-grid", (grid) => {
    // Where domains have lines of their own there are several grids; the keys go through all of them.
    const form = grid.closest("form");
    const boxes = [...form.querySelectorAll("input[data-cell]")];
    const wide = grid.querySelector("tbody tr").querySelectorAll("input[data-cell]").length;
    const grades = Number(grid.dataset.paperGrid || 0);

    const emptyFrom = (at) => boxes.findIndex((box, place) => place >= at && !box.value);

    // One paper after another: the hands stay on the keys. What is above, as the differences, stays in sight.
    const isQuiet = !document.querySelector("[data-error-summary]");
    if (isQuiet && grid.contains(boxes[0])) boxes[Math.max(emptyFrom(0), 0)].focus({ preventScroll: true });

    grid.addEventListener("keydown", (event) => {
      const at = boxes.indexOf(event.target);
      if (at < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
      const step = { ArrowDown: wide, ArrowUp: -wide, Enter: 1, ArrowRight: grades && 1, ArrowLeft: grades && -1 }[event.key];
      if (step) {
        // The last box's Enter sends the form, as anywhere.
        if (move(boxes, at + step) || event.key !== "Enter") event.preventDefault();
        return;
      }
      const key = event.key.toLowerCase();
      const isMark = key === "x" || key === "0" || (key >= "1" && key <= String(grades));
      if (!grades || key.length !== 1 || !isMark) return;
      event.preventDefault();
      boxes[at].value = key;
      if (!move(boxes, emptyFrom(at + 1))) form.querySelector("[type=submit]").focus();
    });
  });
})();
