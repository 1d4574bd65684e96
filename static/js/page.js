/* Small manners of every page, and what the other scripts share:
     app.text(key, values)   a sentence of components/js_strings.html
     app.ready(selector, f)  calls f once for each element, also for those that htmx brings later
     app.build(tag, ...)     makes an element */
(function () {
  "use strict";

  const block = document.getElementById("js-strings");
  const strings = block ? JSON.parse(block.textContent) : {};
  const app = (window.app = {});

  app.text = function (key, values = {}) {
    return (strings[key] || key).replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  };

  app.ready = function (selector, start) {
    const begun = new WeakSet();
    const look = (root) => {
      const found = [...root.querySelectorAll(selector)];
      if (root.matches && root.matches(selector)) found.unshift(root);
      for (const element of found) {
        if (!begun.has(element)) {
          begun.add(element);
          start(element);
        }
      }
    };
    look(document);
    document.addEventListener("htmx:load", (event) => look(event.target));
    document.addEventListener("app:added", (event) => look(event.target));
  };

  app.build = function (tag, className, text) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  };

  document.documentElement.classList.add("has-script");

  // Menus close by Escape and by a click elsewhere.
  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll("[data-menu][open]")) {
      if (menu !== except) menu.open = false;
    }
  };
  document.addEventListener("click", (event) => closeMenus(event.target.closest("[data-menu]")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest("[data-menu][open]");
    closeMenus(null);
    if (menu) menu.querySelector("summary").focus();
  });

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // On a phone filters that are not in use fold away, so that the list is the first thing there; a wide screen has no
  // button to open them by. A filter that came with the link and has no field here is not one of them.
  const narrow = window.matchMedia("(max-width: 40rem)");
  const asked = new URLSearchParams(window.location.search);
  const inUse = (fold) => [...fold.querySelectorAll("[name]:not([type=hidden])")].some((field) => asked.get(field.name));
  const foldFilters = () => {
    for (const fold of document.querySelectorAll("[data-filter-fold]")) fold.open = !narrow.matches || inUse(fold);
  };
  foldFilters();
  narrow.addEventListener("change", foldFilters);

  // A code such as QX-T03 stays in one piece where a column or a line is narrow; browsers break after any hyphen.
  const CODE = /[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+/;
  app.ready("main td, main th, main li", (cell) => {
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) {
      const text = texts.currentNode;
      if (CODE.test(text.data) && text.data.length < 200 && !text.parentElement.closest("textarea, option, .code")) found.push(text);
    }
    for (const text of found) {
      const at = text.data.match(CODE);
      const code = text.splitText(at.index);
      code.splitText(at[0].length);
      const whole = app.build("span", "code");
      code.replaceWith(whole);
      whole.append(code);
    }
  });

  // Whoever double-clicks everything submits once all the same.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "get" || !form.matches("[data-once]")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    // A file takes its time: the button says what is going on.
    const busy = form.querySelector("[data-busy]");
    if (busy) {
      busy.dataset.idle = busy.dataset.idle || busy.textContent;
      busy.textContent = busy.dataset.busy;
      busy.setAttribute("aria-busy", "true");
    }
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    for (const busy of document.querySelectorAll("[data-idle]")) {
      busy.textContent = busy.dataset.idle;
      busy.removeAttribute("aria-busy");
    }
  });

  // What is wrong with a form is the first thing that is read.
  const summary = document.querySelector("[data-error-summary]");
  if (summary) summary.focus();
})();
