/* Saves a long form while it is written (templates/components/autosave.html has the markup).

   Sent: POST to data-autosave-url, only fields that changed (all fields of a formset when one of them
   did), with csrfmiddlewaretoken, and
     revision  the revision this page was made from
     save_id   made before the first try, kept until the answer: the same id asks for the same answer
     changed   names of the changed fields, repeated; a name without a value is an unticked box
     after     only when the page is left before an answer: save_id that may or may not have arrived
   Answered:
     200 {ok: true, revision, saved_at: "HH:MM:SS", counts: {field: n}, hints: [text], values: {name: v}}
         `values` are for hidden fields, such as ids of new rows. Rows are told apart by their id, never
         by INITIAL_FORMS; DELETE of an unknown id is no error.
     409 {conflict: true, revision, theirs: {field: text}, by, at}     nothing was stored
     400, 403, 404, 413, 422, 423 {message}                            refused; tried again after an edit
     401 or a redirect                                                 not signed in any more
   Whatever is not on the server is in localStorage until it is. The page warns on leaving only when
   it is in neither. */
(function () {
  "use strict";

  const { app } = window;
  const PAUSE = 2000;
  const FIRST_RETRY = 3000;
  const LAST_RETRY = 60000;
  const MOST_TRIES = 5;
  const REFUSALS = [400, 404, 410, 413, 422, 423];

  class Autosave {
    constructor(form) {
      const { autosaveUrl, autosaveUser, autosaveKey, autosaveInterval } = form.dataset;
      this.form = form;
      this.longest = Number(autosaveInterval || 15) * 1000;
      this.revision = form.elements.namedItem("revision");
      this.wire = new app.AutosaveWire(form);
      this.panels = new app.AutosavePanels(form);
      this.copy = new app.LocalCopy(autosaveUser, autosaveKey || autosaveUrl);
      // What the server has; a page that came back with errors (data-autosave-dirty) is not there yet.
      this.server = "autosaveDirty" in form.dataset ? new Map() : app.readForm(form);
      this.retryWait = FIRST_RETRY;
      // A second click would hand in again what the first has changed (page.js).
      form.dataset.once = "";
      this.listen();
      this.recover();
    }

    listen() {
      const { form } = this;
      form.addEventListener("input", () => this.typed());
      form.addEventListener("change", () => this.typed());
      form.addEventListener("focusout", () => this.changed().length && !this.retryTimer && this.save());
      form.addEventListener("submit", (event) => this.beforeSubmit(event));
      window.addEventListener("online", () => this.retryTimer && this.save());
      window.addEventListener("pagehide", () => this.leave());
      window.addEventListener("pageshow", (event) => event.persisted && this.backAgain());
      document.addEventListener("visibilitychange", () => {
        if (this.retryTimer || (document.hidden && this.changed().length)) this.save();
      });
      window.addEventListener("beforeunload", (event) => {
        if (!this.keep()) event.preventDefault();
      });
    }

    // --- What differs from the server ---------------------------------------------------------

    changed() {
      return app.changedNames(this.form, this.server);
    }

    /* Whether the server lacks something, or may be about to store what has been taken back since. */
    isPending() {
      return Boolean(this.sending || this.batch || this.changed().length);
    }

    /* Stores what the server lacks on this machine; false only when that fails. */
    keep() {
      const names = this.changed();
      if (names.length) return this.copy.keep(this.revision.value, app.pickFields(this.form, names));
      this.copy.forget();
      return true;
    }

    typed() {
      clearTimeout(this.pause);
      clearTimeout(this.keeping);
      this.keeping = setTimeout(() => this.keep(), 300);
      this.submitted = false;
      if (this.blocked === "refused") this.blocked = null;
      if (this.blocked || this.retryTimer) return;
      if (!this.firstUnsaved) this.firstUnsaved = Date.now();
      if (!this.sending) this.show("unsaved");
      const left = this.firstUnsaved + this.longest - Date.now();
      this.pause = setTimeout(() => this.save(), Math.max(0, Math.min(PAUSE, left)));
    }

    // --- Saving -------------------------------------------------------------------------------

    /* Resolves to true when the server has everything this call set out with. */
    save() {
      if (this.sending) return this.sending;
      if (this.blocked) return Promise.resolve(false);
      clearTimeout(this.pause);
      clearTimeout(this.retryTimer);
      this.retryTimer = null;
      if (!this.batch) {
        const names = this.changed();
        if (!names.length) return this.nothingLeft();
        this.batch = this.makeBatch(names);
      }
      this.firstUnsaved = null;
      this.keep();
      this.show("saving");
      this.sending = this.wire
        .send(this.batch)
        .then((reply) => this.heard(reply))
        .catch(() => this.retry("offline"))
        .finally(() => {
          this.sending = null;
          if (!this.blocked && !this.retryTimer && this.changed().length) this.typed();
        });
      return this.sending;
    }

    /* What was typed has been taken back: the server has everything again. */
    nothingLeft() {
      this.firstUnsaved = null;
      this.keep();
      if (this.shown !== "saved" && this.shown !== "clean") {
        if (this.savedAt) this.show("saved", { time: this.savedAt });
        else this.show("clean");
      }
      return Promise.resolve(true);
    }

    makeBatch(names) {
      return { id: app.newId(), revision: this.revision.value, names, fields: app.pickFields(this.form, names) };
    }

    heard({ status, answer, isRedirect }) {
      if (status === 200 && answer.ok) return this.acknowledged(answer);
      if (status === 409 && answer.theirs) return this.conflict(answer);
      if (isRedirect || status === 401) return this.expired();
      if (status === 403 && !answer.message && !this.renewed) return this.renew();
      if (REFUSALS.includes(status) || status === 403) return this.refused(answer);
      return this.retry("offline");
    }

    acknowledged(answer) {
      const { batch } = this;
      this.batch = null;
      this.renewed = false;
      this.retryWait = FIRST_RETRY;
      for (const name of batch.names) this.onServer(name, batch.fields[name]);
      for (const [name, value] of Object.entries(answer.values || {})) {
        this.form.elements.namedItem(name).value = value;
        this.onServer(name, [String(value)]);
      }
      this.revision.value = answer.revision;
      this.keep();
      if (answer.hints) this.panels.hints(answer.hints);
      this.savedAt = String(answer.saved_at || "").slice(0, 5);
      this.show("saved", { time: this.savedAt });
      return true;
    }

    onServer(name, values) {
      if (values) this.server.set(name, values);
      else this.server.delete(name);
    }

    retry(state) {
      const stored = this.keep();
      this.show(state === "offline" && !stored ? "offlineUnstored" : state);
      clearTimeout(this.retryTimer);
      this.retryTimer = setTimeout(() => this.save(), this.retryWait * (0.8 + Math.random() * 0.4));
      this.retryWait = Math.min(this.retryWait * 2, LAST_RETRY);
      return false;
    }

    refused(answer) {
      this.blocked = "refused";
      this.batch = null;
      this.keep();
      this.show("refused", { reason: answer.message || app.text("refusedPlain") });
      return false;
    }

    // --- Signed out, signed in again ------------------------------------------------------------

    expired(state = "expired") {
      this.retry(state);
      this.panels.link(app.text("signIn"), document.body.dataset.loginUrl || "/");
      return false;
    }

    async renew() {
      const outcome = await this.wire.renew();
      if (outcome !== "renewed") return this.expired(outcome);
      this.renewed = true;
      return this.heard(await this.wire.send(this.batch));
    }

    // --- Two texts of one field -----------------------------------------------------------------

    conflict(answer) {
      this.batch = null;
      this.revision.value = answer.revision;
      this.choose(app.mergeTheirs(this.form, this.server, answer.theirs), answer);
      if (!this.changed().length) this.nothingLeft();
      return false;
    }

    choose(both, { by, at } = {}) {
      if (!both.length) return;
      let open = both.length;
      this.blocked = "conflict";
      this.keep();
      this.show("conflict");
      const choose = (name, whose) => {
        const { mine, theirs } = both.find((field) => field.name === name);
        app.writeField(this.form, name, whose === "mine" ? mine : theirs);
        open -= 1;
        if (open) return;
        this.blocked = null;
        this.save();
      };
      this.panels.conflict({ fields: both, by, at, choose });
    }

    // --- What an earlier page left on this machine ------------------------------------------------

    recover() {
      const entry = this.copy.left();
      if (!entry) return;
      const { certain, doubtful } = app.compareLeftBehind(this.form, this.server, entry, this.revision.value);
      for (const { name, mine } of certain) app.writeField(this.form, name, mine);
      if (certain.length) {
        const onDrop = () => certain.forEach(({ name, theirs }) => app.writeField(this.form, name, theirs));
        this.panels.recovered({ at: entry.at, count: certain.length, onDrop });
      }
      for (const { name, mine } of doubtful) app.writeField(this.form, name, mine);
      if (this.keep()) this.copy.forgetEntry(entry);
      this.choose(doubtful);
    }

    // --- Leaving ---------------------------------------------------------------------------------

    leave() {
      this.keep();
      const names = this.changed();
      if (!names.length || this.blocked || this.submitted) return;
      const batch = this.makeBatch(names);
      this.wire.sendOnLeaving(batch, this.batch);
      this.batch = this.batch || batch;
    }

    /* From the browser's memory the page comes back as it was left; what was handed in since is not in it. */
    backAgain() {
      if (this.submitted) window.location.reload();
      else if (this.batch) this.save();
    }

    async beforeSubmit(event) {
      if (this.handingIn || this.blocked === "refused" || !this.isPending()) {
        this.submitted = true;
        return;
      }
      event.preventDefault();
      const button = event.submitter;
      // Who presses the button wants to know now: also what waits for its next try is tried at once. A save that
      // found only other people's fields changed took them over and goes again, as does what is typed meanwhile.
      let tries = 0;
      do {
        await this.save();
        tries += 1;
      } while (tries < MOST_TRIES && this.isPending() && !this.blocked && !this.retryTimer);
      if (this.blocked === "conflict") this.panels.showConflict();
      else if (this.retryTimer) this.notSubmitted();
      else {
        this.handingIn = true;
        this.form.requestSubmit(button);
        this.handingIn = false;
      }
    }

    notSubmitted() {
      // Who has to sign in again is told so, with the way there; waiting for the network would not help.
      if (["expired", "otherUser"].includes(this.shown)) return;
      this.panels.state("offline", app.text("notSubmitted"));
    }

    show(key, values) {
      this.shown = key;
      const state = { offlineUnstored: "offline", otherUser: "expired" }[key] || key;
      this.panels.state(state, app.text(key, values));
    }
  }

  app.ready("form[data-autosave-url]", (form) => new Autosave(form));
})();
