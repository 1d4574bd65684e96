/* What autosave.js shows: the state line, hints, a recovered text, and two texts of one field. */
(function () {
  "use strict";

  const { app } = window;
  const QUIET = new Set(["unsaved", "saving", "saved"]);

  function button(text, act, className = "btn") {
    const element = app.build("button", className, text);
    element.type = "button";
    element.addEventListener("click", act);
    return element;
  }

  /* The text with the stretch in which it differs from the other marked. */
  function marked(text, other) {
    const longest = Math.min(text.length, other.length);
    let start = 0;
    while (start < longest && text[start] === other[start]) start += 1;
    let end = 0;
    while (end < longest - start && text[text.length - 1 - end] === other[other.length - 1 - end]) end += 1;
    const box = app.build("div", "conflict-text");
    const rest = text.slice(text.length - end);
    box.append(text.slice(0, start), app.build("mark", "", text.slice(start, text.length - end)), rest);
    box.tabIndex = 0;
    return box;
  }

  app.AutosavePanels = class {
    constructor(form) {
      this.form = form;
      this.line = form.querySelector("[data-autosave-state]");
      this.words = form.querySelector("[data-autosave-text]");
      this.action = form.querySelector("[data-autosave-action]");
      this.spoken = form.querySelector("[data-autosave-spoken]");
      this.box = form.querySelector("[data-autosave-panels]");
      this.hintList = form.querySelector("[data-autosave-hints]");
      this.troubled = false;
    }

    state(name, text) {
      const trouble = !QUIET.has(name);
      // A screen reader hears of trouble and of its end, not of every pause in typing.
      if (trouble || this.troubled) this.spoken.textContent = text;
      if (trouble || name === "saved") this.troubled = trouble;
      this.line.dataset.autosaveState = name;
      this.words.textContent = text;
      this.action.replaceChildren();
    }

    link(text, url) {
      const link = app.build("a", "", text);
      link.href = url;
      link.target = "_blank";
      this.action.append(link);
    }

    hints(hints) {
      if (!this.hintList) return;
      this.hintList.replaceChildren(...hints.map((hint) => app.build("li", "", hint)));
      this.hintList.hidden = hints.length === 0;
    }

    recovered({ at, count, onDrop }) {
      const notice = app.build("div", "notice notice-warning");
      notice.setAttribute("role", "alert");
      const inner = app.build("div");
      const time = new Date(at).toLocaleString("zh-CN", { hour12: false });
      inner.append(app.build("div", "", app.text("recovered", { at: time, n: count })));
      const buttons = app.build("div", "recovered-buttons");
      buttons.append(
        button(app.text("keepRecovered"), () => notice.remove()),
        button(app.text("dropRecovered"), () => {
          onDrop();
          notice.remove();
        }),
      );
      inner.append(buttons);
      notice.append(inner);
      this.box.append(notice);
    }

    /* fields: [{name, mine, theirs}]; choose(name, "mine" | "theirs") is called for each. */
    conflict({ fields, by, at, choose }) {
      const panel = app.build("section", "conflict");
      panel.tabIndex = -1;
      panel.setAttribute("role", "alert");
      const who = { by: by || app.text("conflictSomebody"), at: at || app.text("conflictJustNow") };
      panel.append(app.build("h2", "", app.text("conflictTitle", who)));
      let open = fields.length;
      for (const field of fields) {
        const set = app.build("fieldset", "conflict-field");
        const pair = app.build("div", "conflict-pair");
        const decide = (whose) => {
          set.remove();
          open -= 1;
          if (open === 0) panel.remove();
          choose(field.name, whose);
        };
        set.append(app.build("legend", "form-label", this.labelOf(field.name)));
        for (const whose of ["mine", "theirs"]) {
          const side = app.build("div");
          const [text, other] = [whose, whose === "mine" ? "theirs" : "mine"].map((w) => field[w].join("、"));
          const take = button(app.text(whose === "mine" ? "takeMine" : "takeTheirs"), () => decide(whose));
          take.setAttribute("aria-label", `${take.textContent} ${this.labelOf(field.name)}`);
          side.append(app.build("strong", "", app.text(whose)), marked(text, other), take);
          pair.append(side);
        }
        set.append(pair);
        panel.append(set);
      }
      this.box.append(panel);
      for (const mark of panel.querySelectorAll("mark")) {
        mark.parentElement.scrollTop = mark.offsetTop - mark.parentElement.offsetTop - 60;
      }
      panel.focus();
    }

    showConflict() {
      const panel = this.box.querySelector(".conflict");
      if (panel) panel.focus();
    }

    labelOf(name) {
      const named = this.form.elements.namedItem(name);
      const control = named instanceof Element ? named : named && named[0];
      const label = control && control.labels && control.labels[0];
      const row = control && control.closest("[data-formset-row]");
      const place = row ? `${row.querySelector("legend").textContent.trim().replace(/\s+/g, " ")} ` : "";
      return place + (label ? label.textContent.replace("*", "").trim() : name);
    }
  };
})();
