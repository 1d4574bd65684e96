/* What autosave.js needs of the page and of this machine: the values of a form, and copies of unsaved
   ones in localStorage, one per open page, so that two tabs never overwrite each other's. */
(function () {
  "use strict";

  const { app } = window;
  const LONG_AGO = 30 * 24 * 60 * 60 * 1000;
  const NOT_TEXT = /^(csrfmiddlewaretoken|revision)$/;

  app.newId = function () {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  /* name → list of values, without files, token and revision. */
  app.readForm = function (form) {
    const values = new Map();
    for (const [name, value] of new FormData(form)) {
      if (typeof value !== "string" || NOT_TEXT.test(name)) continue;
      if (!values.has(name)) values.set(name, []);
      values.get(name).push(value.replace(/\r\n?/g, "\n"));
    }
    return values;
  };

  app.writeField = function (form, name, values) {
    const named = form.elements.namedItem(name);
    if (!named) return;
    const controls = named instanceof Element ? [named] : [...named];
    for (const control of controls) {
      if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
      else if (control.type === "select-multiple") {
        for (const option of control.options) option.selected = values.includes(option.value);
      } else control.value = values.length ? values[0] : "";
    }
    controls[0].dispatchEvent(new Event("input", { bubbles: true }));
  };

  app.sameValues = function (a, b) {
    return JSON.stringify(a || []) === JSON.stringify(b || []);
  };

  /* Names whose values differ from the server's; a formset is sent whole or not at all. */
  app.changedNames = function (form, server) {
    const now = app.readForm(form);
    const names = [...new Set([...now.keys(), ...server.keys()])];
    const differing = new Set(names.filter((name) => !app.sameValues(now.get(name), server.get(name))));
    const groups = [...form.querySelectorAll("[data-formset]")]
      .map((box) => `${box.dataset.formset}-`)
      .filter((prefix) => [...differing].some((name) => name.startsWith(prefix)));
    return names.filter((name) => differing.has(name) || groups.some((prefix) => name.startsWith(prefix)));
  };

  app.pickFields = function (form, names) {
    const now = app.readForm(form);
    return Object.fromEntries(names.filter((name) => now.has(name)).map((name) => [name, now.get(name)]));
  };

  function entries(prefix) {
    const found = [];
    try {
      for (let i = 0; i < localStorage.length; i += 1) {
        const key = localStorage.key(i);
        if (!key.startsWith(prefix)) continue;
        try {
          found.push({ key, ...JSON.parse(localStorage.getItem(key)) });
        } catch {
          // Not written by us; leave it.
        }
      }
    } catch {
      // The browser refuses storage: nothing is kept here.
    }
    return found.sort((a, b) => b.at - a.at);
  }

  function drop(key) {
    try {
      localStorage.removeItem(key);
    } catch {
      // As above.
    }
  }

  /* The copy of one page for one user and one form. */
  app.LocalCopy = class {
    constructor(user, form) {
      this.prefix = `autosave:${user}:${form}:`;
      this.key = this.prefix + app.newId();
      for (const entry of entries("autosave:")) {
        if (Date.now() - entry.at > LONG_AGO) drop(entry.key);
      }
    }

    /* True when the machine has it. */
    keep(revision, fields) {
      try {
        localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), revision, fields }));
        return true;
      } catch {
        return false;
      }
    }

    forget() {
      drop(this.key);
    }

    /* The newest copy that another page of the same person left behind. */
    left() {
      return entries(this.prefix).find((entry) => entry.key !== this.key) || null;
    }

    forgetEntry(entry) {
      drop(entry.key);
    }
  };
})();
