/* Following something that moves elsewhere, and clocks.

     <div data-live-url="…" data-live-interval="2500">  replaced by the fragment whenever it changed;
         the view answers 304 to a known ETag; a hidden page does not ask. Nothing to type in inside, please.
         data-live-public asks without a session. Where data-live-stamp inside changes, buttons rest for a
         moment, so that a click meant for the old state is not taken for the new one. A form inside is sent
         once the server has answered, so that a gap in the network leaves the page where it is.
     <p data-live-state>                                  says when the connection is lost
     <p data-countdown-until="2027-01-12T09:10:00+08:00" data-countdown-now="…" data-countdown-warn="60">
         time left; `now` is the server's clock when the page was made. Without `until`,
         data-countdown-left="480" shows a clock that stands. Fragments may hold clocks. */
(function () {
  "use strict";

  const { app } = window;
  const LONGEST = 8000;
  const GUARD = 1200;
  const PATIENCE = 8000; // of one question: a network that is gone often lets it hang for minutes

  class Live {
    constructor(box) {
      this.box = box;
      this.url = box.dataset.liveUrl;
      this.interval = Number(box.dataset.liveInterval || 2500);
      this.state = document.querySelector("[data-live-state]");
      this.tag = box.dataset.liveTag || "";
      this.failures = 0;
      document.addEventListener("visibilitychange", () => this.visible() && this.plan(0));
      window.addEventListener("online", () => this.plan(0));
      box.addEventListener("submit", (event) => this.reach(event));
      window.addEventListener("pageshow", () => (this.reaching = false));
      this.plan(box.children.length ? this.interval : 0);
    }

    visible() {
      return document.visibilityState === "visible";
    }

    plan(wait) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), wait);
    }

    async ask() {
      if (!this.box.isConnected || !this.visible()) return;
      if (this.asking) return;
      this.asking = true;
      try {
        await this.load();
        this.failures = 0;
      } catch {
        this.failures += 1;
        if (this.failures > 1 && !this.isUndone()) this.say("liveLost");
      }
      this.asking = false;
      // A fifth of jitter, so that a thousand screens do not ask at once; longer waits while it fails.
      const wait = Math.min(this.interval * 2 ** Math.max(0, this.failures - 1), LONGEST);
      this.plan(wait * (0.9 + Math.random() * 0.2));
    }

    async fetch() {
      const headers = { "X-Requested-With": "XMLHttpRequest" };
      if (this.tag) headers["If-None-Match"] = this.tag;
      const credentials = "livePublic" in this.box.dataset ? "omit" : "same-origin";
      const stop = new AbortController();
      const late = setTimeout(() => stop.abort(), PATIENCE);
      const options = { headers, cache: "no-store", credentials, redirect: "manual", signal: stop.signal };
      try {
        return await fetch(this.url, options);
      } finally {
        clearTimeout(late);
      }
    }

    async load() {
      const response = await this.fetch();
      if (response.type === "opaqueredirect" || response.status === 401) return this.say("liveExpired");
      if (response.status === 404) return this.say("liveRevoked");
      if (response.status !== 304) {
        if (!response.ok) throw new Error(String(response.status));
        const html = await response.text();
        this.tag = response.headers.get("ETag") || "";
        this.replace(html);
      }
      return this.say("");
    }

    async reach(event) {
      const form = event.target;
      event.preventDefault();
      if (this.reaching) return;
      this.reaching = true;
      try {
        const { status } = await this.fetch();
        if (status >= 500) throw new Error(String(status));
        form.submit(); // and no other one until the next page is there
      } catch {
        this.failures += 1;
        this.say("liveUndone");
        this.reaching = false;
      }
    }

    replace(html) {
      const focused = this.box.contains(document.activeElement) ? document.activeElement.id : "";
      const stamp = this.stamp();
      this.box.innerHTML = html;
      this.box.dispatchEvent(new CustomEvent("app:added", { bubbles: true }));
      if (window.htmx) window.htmx.process(this.box);
      const again = focused && document.getElementById(focused);
      if (again) again.focus();
      if (this.stamp() !== stamp) this.guard();
    }

    stamp() {
      const stamped = this.box.querySelector("[data-live-stamp]");
      return stamped ? stamped.dataset.liveStamp : "";
    }

    guard() {
      const buttons = [...this.box.querySelectorAll("button:not(:disabled)")];
      for (const button of buttons) button.disabled = true;
      setTimeout(() => buttons.forEach((button) => (button.disabled = false)), GUARD);
    }

    /* What was not done stands until the server is there again. */
    isUndone() {
      return this.state && this.state.textContent === app.text("liveUndone");
    }

    say(key) {
      const text = key ? app.text(key) : "";
      if (this.state && this.state.textContent !== text) this.state.textContent = text;
    }
  }

  function clock(seconds) {
    const rest = Math.abs(Math.trunc(seconds));
    const two = (n) => String(n).padStart(2, "0");
    const hours = Math.floor(rest / 3600);
    const text = `${two(Math.floor((rest % 3600) / 60))}:${two(rest % 60)}`;
    return hours ? `${hours}:${text}` : text;
  }

  class Countdown {
    constructor(element) {
      this.element = element;
      const { countdownUntil, countdownNow, countdownLeft, countdownWarn } = element.dataset;
      this.warn = Number(countdownWarn || 0);
      if (countdownUntil) {
        const ahead = countdownNow ? Date.parse(countdownNow) - Date.now() : 0;
        this.until = Date.parse(countdownUntil) - ahead;
        this.tick();
      } else {
        this.show(Number(countdownLeft || 0));
      }
    }

    tick() {
      if (!this.element.isConnected) return;
      const left = (this.until - Date.now()) / 1000;
      this.show(Math.ceil(left));
      setTimeout(() => this.tick(), 1000 - (Date.now() % 1000) + 10);
    }

    show(left) {
      const over = left < 0;
      this.element.classList.toggle("is-over", over);
      this.element.classList.toggle("is-warning", !over && left <= this.warn);
      this.element.textContent = over ? `${app.text("timeOver")} ${clock(left)}` : clock(left);
    }
  }

  app.ready("[data-live-url]", (box) => new Live(box));
  app.ready("[data-countdown-until], [data-countdown-left]", (element) => new Countdown(element));
})();
