/* 字数 while typing. Counts as common/chinese_text.py counts (and Word): every Han character and every
   other printing mark is one, a run of Latin letters or figures is one, spaces are none.

     <span data-count-for="NAME" data-low="300" data-high="800">   the field of that name
     <span data-count-total>                                       all long fields of the form */
(function () {
  "use strict";

  const { app } = window;
  const LETTERS = "0-9A-Za-z\\u00c0-\\u024f\\u0370-\\u04ff";
  const WORD = new RegExp(`[${LETTERS}]+(?:[.,:/'’\\-_%@&][${LETTERS}]+)*%?`, "g");

  app.countCharacters = function (text) {
    let words = 0;
    const rest = text.replace(WORD, () => {
      words += 1;
      return " ";
    });
    return words + [...rest.replace(/\s/g, "")].length;
  };

  function show(element, count) {
    const low = Number(element.dataset.low || 0);
    const high = Number(element.dataset.high || Infinity);
    const over = count - high;
    const under = low - count;
    element.classList.toggle("is-over", over > 0);
    element.classList.toggle("is-under", under > 0);
    if (over > 0) element.textContent = app.text("countOver", { n: count, over });
    else if (under > 0) element.textContent = app.text("countUnder", { n: count, under });
    else element.textContent = app.text("count", { n: count });
  }

  function fieldOf(form, name) {
    const field = form.elements.namedItem(name);
    return field instanceof Element ? field : null;
  }

  app.ready("form", (form) => {
    const counts = () => form.querySelectorAll("[data-count-for]");
    const total = form.querySelector("[data-count-total]");
    if (!counts().length && !total) return;

    const showTotal = () => {
      if (!total) return;
      const fields = [...form.querySelectorAll("textarea")].filter((f) => !f.closest("[hidden]"));
      show(total, fields.reduce((sum, field) => sum + app.countCharacters(field.value), 0));
    };
    const showField = (field) => {
      for (const element of counts()) {
        if (element.dataset.countFor === field.name) show(element, app.countCharacters(field.value));
      }
    };

    for (const element of counts()) {
      const field = fieldOf(form, element.dataset.countFor);
      if (field) showField(field);
    }
    showTotal();
    form.addEventListener("input", (event) => {
      if (event.target.matches("textarea, input")) showField(event.target);
      showTotal();
    });
    form.addEventListener("change", showTotal);
  });
})();
