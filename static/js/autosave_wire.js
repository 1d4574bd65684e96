/* How autosave.js reaches the server: one batch of changed fields at a time. */
(function () {
  "use strict";

  const { app } = window;
  const PATIENCE = 30000;
  const KEEPALIVE_LIMIT = 60000; // browsers refuse more than 64 KB once the page is gone

  function isSmall(batch) {
    return new Blob(Object.values(batch.fields).flat()).size < KEEPALIVE_LIMIT;
  }

  app.AutosaveWire = class {
    constructor(form) {
      this.form = form;
      this.url = form.dataset.autosaveUrl;
      this.token = form.elements.namedItem("csrfmiddlewaretoken");
    }

    body(batch, after) {
      const data = new FormData();
      data.append("csrfmiddlewaretoken", this.token.value);
      data.append("revision", batch.revision);
      data.append("save_id", batch.id);
      if (after) data.append("after", after);
      for (const name of batch.names) data.append("changed", name);
      for (const [name, values] of Object.entries(batch.fields)) {
        for (const value of values) data.append(name, value);
      }
      return data;
    }

    /* A hidden page may be gone before the answer: the request outlives it where it is small enough. */
    async send(batch) {
      const control = new AbortController();
      const timer = setTimeout(() => control.abort(), PATIENCE);
      batch.outlives = document.hidden && isSmall(batch);
      try {
        return await fetch(this.url, {
          method: "POST",
          headers: { "X-Requested-With": "XMLHttpRequest", Accept: "application/json" },
          body: this.body(batch),
          credentials: "same-origin",
          redirect: "manual",
          keepalive: batch.outlives,
          signal: control.signal,
        });
      } finally {
        clearTimeout(timer);
      }
    }

    /* The last word of a page that is being left. What is too large stays on this machine. */
    sendOnLeaving(batch, before) {
      if (before && before.outlives && app.sameValues(before.fields, batch.fields)) return;
      if (isSmall(batch)) navigator.sendBeacon(this.url, this.body(batch, before && before.id));
    }

    /* After signing in elsewhere the page's token is an old one; a fresh page has the new.
       Resolves to "renewed", "expired" or "otherUser". */
    async renew() {
      const response = await fetch(window.location.href, { credentials: "same-origin", redirect: "manual" });
      if (!response.ok) return "expired";
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const form = page.querySelector(`form[data-autosave-url="${CSS.escape(this.url)}"]`);
      if (!form || form.dataset.autosaveUser !== this.form.dataset.autosaveUser) return "otherUser";
      this.token.value = form.elements.namedItem("csrfmiddlewaretoken").value;
      return "renewed";
    }
  };
})();
