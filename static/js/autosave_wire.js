/* How autosave.js reaches the server: one batch of changed fields at a time. */
(function () {
  "use strict";

  const { app } = window;
  const PATIENCE = 30000;
  const KEEPALIVE_LIMIT = 60000; // browsers refuse more than 64 KB once the page is gone

  function isSmall(batch) {
    return new Blob(Object.values(batch.fields).flat()).size < KEEPALIVE_LIMIT;
  }

  function parsed(words) {
    try {
      return JSON.parse(words) || {};
    } catch {
      return {}; // a page of a proxy
    }
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

    /* The answer with its words, within our patience: a server that begins to answer and stops has not answered. */
    async ask(url, options) {
      const control = new AbortController();
      const timer = setTimeout(() => control.abort(), PATIENCE);
      try {
        const common = { credentials: "same-origin", redirect: "manual", signal: control.signal };
        const response = await fetch(url, { ...common, ...options });
        return { response, words: await response.text() };
      } finally {
        clearTimeout(timer);
      }
    }

    /* A hidden page may be gone before the answer: the request outlives it where it is small enough. */
    async send(batch) {
      batch.outlives = document.hidden && isSmall(batch);
      const headers = { "X-Requested-With": "XMLHttpRequest", Accept: "application/json" };
      const options = { method: "POST", headers, body: this.body(batch), keepalive: batch.outlives };
      const { response, words } = await this.ask(this.url, options);
      return { status: response.status, answer: parsed(words), isRedirect: response.type === "opaqueredirect" };
    }

    /* The last word of a page that is being left. What is too large stays on this machine. */
    sendOnLeaving(batch, before) {
      if (before && before.outlives && app.sameValues(before.fields, batch.fields)) return;
      if (isSmall(batch)) navigator.sendBeacon(this.url, this.body(batch, before && before.id));
    }

    /* After signing in elsewhere the page's token is an old one; a fresh page has the new.
       Resolves to "renewed", "expired" or "otherUser". */
    async renew() {
      const { response, words } = await this.ask(window.location.href, {});
      if (!response.ok) return "expired";
      const page = new DOMParser().parseFromString(words, "text/html");
      const form = page.querySelector(`form[data-autosave-url="${CSS.escape(this.url)}"]`);
      if (!form || form.dataset.autosaveUser !== this.form.dataset.autosaveUser) return "otherUser";
      this.token.value = form.elements.namedItem("csrfmiddlewaretoken").value;
      return "renewed";
    }
  };
})();
