/* A passage selected in the text becomes the quotation of a note.

     <… data-place="KEY">text</…>   a piece of the report; numbers of notes inside it are not text
     <form data-note-form>          has the fields place, offset, quote and text */
(function () {
  "use strict";

  const { app } = window;

  function textOf(range) {
    const copy = range.cloneContents();
    for (const mark of copy.querySelectorAll("[data-note-mark]")) mark.remove();
    return copy.textContent;
  }

  function placeOf(node) {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    return element && element.closest("[data-place]");
  }

  /* {place, offset, quote} of what is selected within one piece of the report, or null. */
  function passage() {
    const selection = window.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0).cloneRange();
    const piece = placeOf(range.startContainer);
    if (!piece) return null;
    if (!piece.contains(range.endContainer)) range.setEndAfter(piece.lastChild);
    const before = document.createRange();
    before.selectNodeContents(piece);
    before.setEnd(range.startContainer, range.startOffset);
    const quote = textOf(range);
    const lead = quote.length - quote.trimStart().length;
    if (!quote.trim()) return null;
    return { place: piece.dataset.place, offset: [...(textOf(before) + quote.slice(0, lead))].length, quote: quote.trim() };
  }

  app.ready("[data-note-form]", (form) => {
    const button = app.build("button", "btn btn-primary note-button", app.text("note"));
    button.type = "button";
    button.hidden = true;
    document.body.append(button);
    let chosen = null;

    const look = () => {
      chosen = passage();
      button.hidden = !chosen;
      if (!chosen) return;
      const box = window.getSelection().getRangeAt(0).getBoundingClientRect();
      const left = Math.min(box.left, document.documentElement.clientWidth - button.offsetWidth - 8);
      button.style.left = `${Math.max(8, left + window.scrollX)}px`;
      button.style.top = `${box.bottom + window.scrollY + 6}px`;
    };
    document.addEventListener("selectionchange", look);
    button.addEventListener("pointerdown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      if (!chosen) return;
      const { place, offset, quote } = chosen;
      form.elements.namedItem("place").value = place;
      form.elements.namedItem("offset").value = offset;
      form.elements.namedItem("quote").value = quote;
      window.getSelection().removeAllRanges();
      const words = form.elements.namedItem("text");
      words.focus();
      words.scrollIntoView({ block: "center" });
    });
  });
})();
