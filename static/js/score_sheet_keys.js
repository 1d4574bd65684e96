/* The keyboard alone fills a sheet: a digit chooses and goes on to the next line, Enter and the arrows up and down
   move between lines, left and right between grades. After the last line stands 下一位, where Enter goes on. */
(function () {
  "use strict";

  const ScoreSheet = window.ScoreSheet || (window.ScoreSheet = {});
  const GROUP = "[role=radiogroup]";
  const STOPS = `${GROUP}, .ss-points:not([disabled]), .ss-table select`;

  function focusOn(stop) {
    const target = stop.matches(GROUP) ? stop.querySelector("input:checked") || stop.querySelector("input") : stop;
    target.focus({ preventScroll: true });
    if (target.select) target.select();
    // The bars above and below would cover what is only just on the screen.
    stop.scrollIntoView({ block: "center" });
  }

  function step(body, from, by) {
    const stops = Array.from(body.querySelectorAll(STOPS));
    const next = stops[stops.indexOf(from) + by];
    const onward = body.querySelector(".ss-foot .ss-primary");
    if (next) focusOn(next);
    else if (by > 0 && onward) onward.focus();
  }

  function tell(element) {
    element.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /* 1 is the highest grade, 0 abstains. */
  function pick(stop, digit) {
    const choices = Array.from(stop.querySelectorAll(stop.matches(GROUP) ? "input" : "option:not([value=''])"));
    const choice = digit ? choices.slice(0, -1)[digit - 1] : choices[choices.length - 1];
    if (!choice) return false;
    if (stop.matches(GROUP)) {
      choice.checked = true;
      tell(choice);
    } else {
      stop.value = choice.value;
      tell(stop);
    }
    return true;
  }

  /* Where a digit goes while the heading has the focus: to what is not marked yet. */
  function firstOpen(body) {
    const stops = Array.from(body.querySelectorAll(STOPS));
    const isOpen = (stop) => (stop.matches(GROUP) ? !stop.querySelector("input:checked") : !stop.value);
    return stops.find(isOpen) || stops[0];
  }

  ScoreSheet.listenToKeys = function (body) {
    body.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("textarea, button, a")) return;
      const stop = event.target.closest(STOPS);
      const isSelect = stop && stop.matches("select");
      const by = { Enter: 1, ArrowDown: isSelect ? 0 : 1, ArrowUp: isSelect ? 0 : -1 }[event.key];
      if (stop && by) {
        event.preventDefault();
        step(body, stop, by);
        return;
      }
      if (!/^[0-9]$/.test(event.key)) return;
      const open = stop || firstOpen(body);
      if (!open) return;
      if (open.matches(".ss-points")) {
        if (!stop) focusOn(open); // and the digit is typed there
      } else if (pick(open, Number(event.key))) {
        event.preventDefault();
        step(body, open, 1);
      }
    });
  };
})();
