/* Keeps a sheet on the phone and sends it when it can: the basement of score_sheet.js.

   Every change is written to localStorage. A sending has a key that is made and stored before its
   first try and kept, with the very marks it was made for, until there is an answer, so that the
   server can tell a second try from a second sheet. `send(marks, {key})` resolves to
     {ok: true, message?, receipt?, at?, revisions?}          counted: only now it says 已送达
     {ok: false, message, link?}                              refused in words: kept here, not tried again
     {ok: false, retry: true, message?}                       tried again, as after a network error
     {ok: false, theirs: {id: marks}, message}                marked elsewhere meanwhile: a person decides
   and may reject or never answer: then it is tried again. */
(function () {
  "use strict";

  const ScoreSheet = window.ScoreSheet || (window.ScoreSheet = {});
  const PAUSES = [1500, 3000, 6000, 12000, 20000];
  const PATIENCE = 25000;

  ScoreSheet.newKey = function () {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  function withPatience(promise) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("no answer")), PATIENCE);
      const stop = (settle) => (value) => {
        clearTimeout(timer);
        settle(value);
      };
      promise.then(stop(resolve), stop(reject));
    });
  }

  class Keeper {
    /* `tell()` is called after every change of state. */
    constructor(key, send, tell) {
      this.storageKey = key;
      this.sendMarks = send;
      this.tell = tell;
      this.rows = null; // as typed
      this.sent = ""; // JSON of the marks the server has
      this.pending = null; // {key, marks}: under way, or to be tried again
      this.kept = true;
      this.busy = false;
      this.tries = 0;
      this.answer = null; // the last one that was no success
      this.receipt = "";
      this.at = "";
      this.load();
      window.addEventListener("online", () => this.hurry());
      document.addEventListener("visibilitychange", () => !document.hidden && this.hurry());
    }

    load() {
      let stored = null;
      try {
        stored = JSON.parse(window.localStorage.getItem(this.storageKey));
      } catch (error) {
        this.kept = false;
      }
      if (!stored || stored.v !== 1) return;
      this.rows = stored.rows;
      this.sent = stored.sent || "";
      this.pending = stored.pending || null;
      this.receipt = stored.receipt || "";
      this.at = stored.at || "";
    }

    save() {
      const { rows, sent, pending, receipt, at } = this;
      try {
        window.localStorage.setItem(this.storageKey, JSON.stringify({ v: 1, rows, sent, pending, receipt, at }));
        this.kept = true;
      } catch (error) {
        this.kept = false;
      }
      return this.kept;
    }

    forget() {
      try {
        window.localStorage.removeItem(this.storageKey);
      } catch (error) {
        // Nothing was kept.
      }
    }

    /* "empty", "kept", "unkept", "sending", "waiting", "sent", "refused", "theirs" */
    state(marks, isBegun) {
      if (this.busy) return "sending";
      if (this.answer && this.answer.theirs) return "theirs";
      if (this.answer && !this.answer.retry) return "refused";
      if (this.pending) return "waiting";
      const now = JSON.stringify(marks);
      const hasSent = this.sent && this.sent !== "{}";
      if (!hasSent && !isBegun) return "empty";
      if (hasSent && this.sent === now) return "sent";
      return this.kept ? "kept" : "unkept";
    }

    /* Send these marks; while another sending is under way they follow it. */
    submit(marks) {
      const now = JSON.stringify(marks);
      this.next = null;
      if (this.pending) this.next = now === this.pending.marks ? null : now;
      else this.pending = { key: ScoreSheet.newKey(), marks: now };
      this.answer = null;
      this.save();
      this.hurry();
    }

    hurry() {
      if (!this.pending || this.busy) return;
      clearTimeout(this.timer);
      this.tryNow();
    }

    tryNow() {
      this.busy = true;
      this.tell();
      const { key, marks } = this.pending;
      withPatience(Promise.resolve().then(() => this.sendMarks(JSON.parse(marks), { key })))
        .catch(() => ({ ok: false, retry: true }))
        .then((answer) => this.take(answer || { ok: false, retry: true }));
    }

    take(answer) {
      this.busy = false;
      if (answer.ok) this.succeed(answer);
      else if (answer.retry) this.wait(answer);
      else {
        // A new try after a refusal is a new sheet with a new key.
        this.pending = null;
        this.answer = answer;
      }
      this.save();
      this.tell();
    }

    succeed(answer) {
      this.sent = this.pending.marks;
      this.receipt = answer.receipt || "";
      this.at = answer.at || "";
      this.message = answer.message || "";
      this.pending = null;
      this.answer = null;
      this.tries = 0;
      if (!this.next) return;
      this.pending = { key: ScoreSheet.newKey(), marks: this.next };
      this.next = null;
      this.timer = setTimeout(() => this.hurry(), 0);
    }

    wait(answer) {
      const pause = PAUSES[Math.min(this.tries, PAUSES.length - 1)];
      this.tries += 1;
      this.waiting = answer.message || "";
      this.link = answer.link || null;
      this.timer = setTimeout(() => this.hurry(), pause * (0.75 + Math.random() / 2));
    }
  }

  ScoreSheet.Keeper = Keeper;
})();
