/* Says while typing whether weights add up to 100: for each domain of a [data-weights] list by itself. */
(function () {
  "use strict";

  const { app } = window;

  function sums(box) {
    const found = new Map();
    for (const row of box.querySelectorAll("[data-formset-row]:not([hidden])")) {
      const weight = row.querySelector('[name$="-weight"]');
      if (!weight) continue;
      const domain = row.querySelector('select[name$="-domain"]');
      const name = domain && domain.value ? domain.selectedOptions[0].text : "";
      // In hundredths, because 33.3 + 33.3 + 33.4 is not 100 in binary fractions.
      const hundredths = Math.round(Number(weight.value) * 100);
      found.set(name, (found.get(name) || 0) + (Number.isFinite(hundredths) ? hundredths : 0));
    }
    return found;
  }

  function sentence(name, total) {
    const words = { name, total: total / 100, rest: Math.abs(10000 - total) / 100 };
    if (total === 10000) return app.text("weightsRight", words);
    return app.text(total < 10000 ? "weightsUnder" : "weightsOver", words);
  }

  app.ready("[data-weights]", (box) => {
    const out = box.querySelector("[data-weights-total]");
    const show = () => {
      const lines = [...sums(box)].map(([domain, total]) => {
        const name = domain || box.dataset.weights;
        return app.build("p", `state ${total === 10000 ? "tone-good" : "tone-bad"}`, sentence(name, total));
      });
      out.replaceChildren(...lines);
    };
    box.addEventListener("input", show);
    box.addEventListener("change", show);
    show();
  });
})();
