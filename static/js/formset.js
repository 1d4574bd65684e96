/* Rows of a Django formset that are added, removed and put in order on the page
   (templates/components/formset.html). Rows keep the number they were made with: removing marks
   DELETE and hides, ordering writes ORDER, so nothing that was typed is ever renumbered. */
(function () {
  "use strict";

  const { app } = window;

  class Formset {
    constructor(box) {
      this.box = box;
      this.prefix = box.dataset.formset;
      this.rowsBox = box.querySelector("[data-formset-rows]");
      this.total = box.querySelector(`[name="${this.prefix}-TOTAL_FORMS"]`);
      this.status = box.querySelector("[data-formset-status]");
      const add = box.querySelector("[data-formset-add]");
      add.hidden = false;
      box.addEventListener("app:sorted", () => this.changed());
      add.addEventListener("click", () => this.focus(this.add(), "rowAdded"));
      for (const row of this.rowsBox.children) this.wire(row);
      this.number();
    }

    rows() {
      return [...this.rowsBox.querySelectorAll("[data-formset-row]:not([hidden])")];
    }

    control(row, name) {
      return row.querySelector(`[name^="${this.prefix}-"][name$="-${name}"]`);
    }

    add() {
      const index = Number(this.total.value);
      const html = this.box.querySelector("[data-formset-empty]").innerHTML;
      const holder = document.createElement("div");
      holder.innerHTML = html.replace(/__prefix__/g, String(index));
      const row = holder.firstElementChild;
      this.rowsBox.append(row);
      this.total.value = String(index + 1);
      this.wire(row);
      row.dispatchEvent(new CustomEvent("app:added", { bubbles: true }));
      this.changed();
      return row;
    }

    wire(row) {
      const on = (selector, act) => {
        const button = row.querySelector(selector);
        if (button) button.addEventListener("click", act);
      };
      on("[data-row-up]", () => this.move(row, -1));
      on("[data-row-down]", () => this.move(row, 1));
      on("[data-row-remove]", () => this.remove(row));
      row.querySelector("[data-row-buttons]").hidden = false;
    }

    move(row, step) {
      const rows = this.rows();
      const other = rows[rows.indexOf(row) + step];
      if (!other) return;
      if (step < 0) other.before(row);
      else other.after(row);
      this.changed();
      this.focus(row, "rowMoved");
    }

    remove(row) {
      const place = this.rows().indexOf(row) + 1;
      this.control(row, "DELETE").checked = true;
      row.hidden = true;
      const undo = app.build("div", "row-undo");
      undo.append(app.build("span", "", app.text("rowRemoved", { n: place })));
      const button = app.build("button", "btn btn-quiet", app.text("undo"));
      button.type = "button";
      button.addEventListener("click", () => {
        this.control(row, "DELETE").checked = false;
        row.hidden = false;
        undo.remove();
        this.changed();
        this.focus(row);
      });
      undo.append(button);
      row.after(undo);
      button.focus();
      this.changed();
      this.say(app.text("rowRemoved", { n: place }));
    }

    number() {
      this.rows().forEach((row, index) => {
        row.querySelector("[data-row-number]").textContent = String(index + 1);
        const order = this.control(row, "ORDER");
        if (order) order.value = String(index + 1);
      });
    }

    changed() {
      this.number();
      this.box.dispatchEvent(new Event("change", { bubbles: true }));
    }

    focus(row, key) {
      const field = row.querySelector("textarea, select, input:not([type=hidden]):not([type=checkbox])");
      const target = key === "rowMoved" ? row.querySelector("legend") : field;
      if (target) target.focus();
      if (key) this.say(app.text(key, { n: this.rows().indexOf(row) + 1 }));
    }

    say(text) {
      if (this.status) this.status.textContent = text;
    }
  }

  const formsets = new WeakMap();
  app.ready("[data-formset]", (box) => formsets.set(box, new Formset(box)));

  /* For autosave.js: the present name of a field of a row that was stored by an earlier page, found
     by the row's id; a row that never reached the server is added. `added` keeps such rows apart. */
  app.locateRowField = function (box, name, stored, added) {
    const formset = formsets.get(box);
    const [, index, field] = name.slice(box.dataset.formset.length).match(/^-(\d+)-(.+)$/) || [];
    if (!formset || !field) return null;
    const valueOf = (key) => (stored[`${formset.prefix}-${index}-${key}`] || [""])[0];
    if (valueOf("DELETE")) return null;
    const id = valueOf("id");
    const row = id
      ? formset.rows().find((r) => formset.control(r, "id") && formset.control(r, "id").value === id)
      : added[index] || (added[index] = formset.add());
    const control = row && formset.control(row, field);
    return control ? control.name : null;
  };
})();
