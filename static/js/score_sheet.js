/* A sheet with everybody on it, one at a time or as a table: named sheets and the anonymous booth.

   ScoreSheet.mount(root, description, {storageKey, marks, send, anonymous, sendEach, texts})
     description, marks   as in reviews/rules/sheets.py and marks.py
     send(marks, {key})   see score_sheet_store.js
     anonymous            a ballot: sent as a whole when asked, nothing tells who votes
     sendEach             send whenever somebody is marked completely
   Needs score_sheet_marks.js, score_sheet_store.js, score_sheet_fields.js, score_sheet_keys.js and
   css/score_sheet.css; nothing else. */
(function () {
  "use strict";

  const ScoreSheet = window.ScoreSheet || (window.ScoreSheet = {});

  const TEXTS = {
    rules: "填表说明",
    walk: "逐个评",
    table: "列表评",
    review: "核对",
    progress: "已评{done}/{all}",
    at: "第{at}名，共{all}名",
    oral: "大会述职",
    written: "书面述职",
    previous: "上一位",
    next: "下一位",
    toReview: "核对并提交",
    submit: "提交",
    submitAgain: "提交改动",
    abstain: "弃权",
    overall: "总体评价",
    remark: "意见建议（可不填）",
    remarkLeft: "还可写{n}字",
    material: "看述职报告和平时情况",
    range: "请填{min}—{max}，最多两位小数",
    points: "分",
    same: "同上一位",
    all: "各项都选“{grade}”",
    allRest: "没评的{n}名都选“{grade}”",
    sureSame: "把对{from}的评价照抄给{to}？请再想一想，两位是不是真的一样。",
    sureAll: "对{to}各项都选“{grade}”？请再看一眼各项内容。",
    sureRest: "还没评的{n}名：{names}，各项都选“{grade}”？不了解的请选“弃权”。",
    sure: "确定",
    notSure: "不，逐项评",
    shortcuts: "其中{n}名是用“同上一位”或“都选”一次填好的，可以回去逐项再看。",
    missing: "还有{n}名没有评完：{names}。",
    missingNamed: "没评完的先不计入，会议结束以前可以接着评。",
    missingBallot: "没选的项按弃权计。",
    complete: "全部评完。",
    sureSubmit: "就这样提交",
    goBack: "回去接着评",
    empty: "还没有填写",
    kept: "已保存在本机，还没有送出",
    unkept: "本机存不下，请不要关闭本页，填完马上提交",
    sending: "正在发送……（本机已保存）",
    sendingUnkept: "正在发送……请不要关闭本页",
    waiting: "连不上，已保存在本机，连上后自动再送",
    waitingUnkept: "连不上，本机也存不下，请不要关闭本页，连上后自动再送",
    sent: "已送达",
    sentAt: "已送达（{at}）",
    later: "；之后的改动还没有送出",
    refused: "没有送达，所填内容仍在本机。",
    receipt: "验票码：{receipt}",
    keys: "用键盘：按 1—{n} 选等次，0 弃权，选好自动到下一项；回车到下一项或下一位。",
    keysPoints: "用键盘：填好按回车到下一项或下一位。",
    theirs: "下面几位在别处已经评过，和本机填的不一样：{names}。",
    useTheirs: "用别处评的",
    useMine: "用本机填的",
    wipe: "清除本机记录",
    sureWipe: "已经送达的不受影响。清除以后，本机不再留下您填的内容。",
    wiped: "本机记录已清除，可以关闭本页。",
    done: "已评",
    begun: "没评完",
    todo: "未评",
  };

  function fill(text, words) {
    return text.replace(/\{(\w+)\}/g, (all, name) => (words && name in words ? words[name] : all));
  }

  /* build("p.class", {attribute: value}, ...children): no markup is ever made from text. */
  function build(what, attributes) {
    const [tag, ...classes] = what.split(".");
    const element = document.createElement(tag);
    if (classes.length) element.className = classes.join(" ");
    for (const name of Object.keys(attributes || {})) {
      if (name === "onclick") element.addEventListener("click", attributes[name]);
      else if (attributes[name] === true) element.setAttribute(name, "");
      else if (attributes[name] !== false && attributes[name] !== null) element.setAttribute(name, attributes[name]);
    }
    for (const child of Array.prototype.slice.call(arguments, 2)) {
      if (child) element.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
    }
    return element;
  }

  class View {
    constructor(root, description, options) {
      this.root = root;
      this.description = description;
      this.options = options;
      this.texts = Object.assign({}, TEXTS, options.texts);
      this.reporters = description.reporters;
      this.at = 0;
      this.view = "walk";
      this.keeper = new ScoreSheet.Keeper(options.storageKey, options.send, () => this.refresh());
      this.marks = new ScoreSheet.Marks(description, this.merged(options.marks), options.anonymous);
      this.keeper.rows = this.marks.rows;
      const first = this.reporters.findIndex((reporter) => !this.marks.isDone(reporter));
      this.at = first < 0 ? 0 : first;
      this.frame();
      this.show();
      window.addEventListener("storage", (event) => this.adopt(event));
      this.keeper.hurry();
    }

    text(name, words) {
      return fill(this.texts[name], words);
    }

    who(reporter) {
      return reporter.unit + reporter.name;
    }

    /* What this phone has changed since it was last sent stays; the rest is as the server has it. */
    merged(theirs) {
      const mine = this.keeper.rows;
      if (!theirs) return mine || {};
      const sent = this.keeper.sent ? JSON.parse(this.keeper.sent) : {};
      const rows = Object.assign({}, theirs);
      const local = new ScoreSheet.Marks(this.description, mine || {}, this.options.anonymous);
      for (const reporter of this.reporters) {
        const row = local.rowReady(reporter);
        const isChanged = JSON.stringify(row) !== JSON.stringify(sent[reporter.id] || null);
        if (mine && mine[reporter.id] && (isChanged || local.hasFault(reporter))) rows[reporter.id] = mine[reporter.id];
      }
      const agreed = {};
      for (const reporter of this.reporters) {
        const row = new ScoreSheet.Marks(this.description, theirs, this.options.anonymous).rowReady(reporter);
        if (row) agreed[reporter.id] = row;
      }
      this.keeper.sent = JSON.stringify(agreed);
      return rows;
    }

    /* The same sheet in another tab of this phone. */
    adopt(event) {
      if (event.key !== this.options.storageKey || !event.newValue || this.keeper.busy) return;
      this.keeper.load();
      this.marks.rows = this.keeper.rows || {};
      this.show();
    }

    frame() {
      const { root, description } = this;
      root.textContent = "";
      root.className = "ss";
      this.status = build("p.ss-status", { role: "status", "aria-live": "polite" });
      this.meter = build("progress.ss-meter", { max: this.reporters.length, value: 0, "aria-hidden": "true" });
      this.counter = build("span.ss-counter");
      this.tabs = build("div.ss-tabs", { role: "group" });
      this.body = build("div.ss-body");
      this.notes = build("div.ss-notes");
      ScoreSheet.listenToKeys(this.body);
      const rules = build("ul", {}, ...description.rules.map((rule) => build("li", {}, rule)));
      root.appendChild(build("h1.ss-title", { tabindex: "-1" }, description.title));
      if (description.rules.length) {
        root.appendChild(build("details.ss-rules", {}, build("summary", {}, this.text("rules")), rules));
      }
      root.appendChild(build("div.ss-bar", {}, this.status, build("div.ss-progress", {}, this.counter, this.meter)));
      root.appendChild(this.tabs);
      root.appendChild(this.notes);
      root.appendChild(this.body);
    }

    /* Draws the view anew; `refresh` only what stands around it. */
    show(focus) {
      this.tabs.textContent = "";
      for (const name of ["walk", "table", "review"]) {
        const pressed = String(this.view === name);
        const open = () => this.open(name);
        this.tabs.appendChild(build("button", { type: "button", "aria-pressed": pressed, onclick: open }, this.text(name)));
      }
      this.body.textContent = "";
      this.after = null;
      this.body.appendChild(ScoreSheet.views[this.view](this));
      this.refresh();
      const heading = focus && this.body.querySelector("h2");
      if (heading) {
        heading.focus({ preventScroll: true });
        this.root.scrollIntoView();
      }
    }

    open(name) {
      this.view = name;
      this.show(true);
    }

    go(at) {
      this.at = at;
      this.view = at < this.reporters.length ? "walk" : "review";
      if (this.view === "review") this.at = this.reporters.length - 1;
      this.show(true);
    }

    /* After every tap: kept on the phone at once, sent when somebody is complete. */
    changed(reporter) {
      this.keeper.rows = this.marks.rows;
      this.keeper.save();
      // Which of two devices is right is answered first: nothing goes out over the question.
      if (this.keeper.answer && this.keeper.answer.theirs) return;
      this.keeper.answer = null;
      if (this.options.sendEach && (!reporter || this.marks.isDone(reporter))) {
        clearTimeout(this.soon);
        this.soon = setTimeout(() => this.submit(), 1200);
      }
      this.refresh();
    }

    submit() {
      clearTimeout(this.soon);
      this.keeper.rows = this.marks.rows;
      this.keeper.submit(this.marks.ready());
      this.refresh();
    }

    refresh() {
      const { keeper } = this;
      const done = this.marks.done;
      this.counter.textContent = this.text("progress", { done, all: this.reporters.length });
      this.meter.value = done;
      const isBegun = this.reporters.some((reporter) => this.marks.isBegun(reporter));
      const state = keeper.state(this.marks.ready(), isBegun);
      this.status.setAttribute("data-ss-state", state);
      const words = this.statusWords(state);
      if (this.status.textContent !== words) this.status.textContent = words;
      this.note(state);
      if (this.after) this.after(state);
    }

    statusWords(state) {
      const { keeper } = this;
      const sent = keeper.at ? this.text("sentAt", { at: keeper.at }) : this.text("sent");
      if (state === "sent") return sent + (keeper.message ? `：${keeper.message}` : "");
      if (state === "refused") return this.text("refused") + keeper.answer.message;
      if (state === "theirs") return keeper.answer.message || this.text("refused");
      if (state === "sending") return this.text(keeper.kept ? "sending" : "sendingUnkept");
      if (state === "waiting") return (keeper.waiting || "") + this.text(keeper.kept ? "waiting" : "waitingUnkept");
      if (keeper.sent && keeper.sent !== "{}") return sent + this.text("later") + (keeper.kept ? "" : `。${this.text("unkept")}`);
      return this.text(state);
    }

    note(state) {
      this.notes.textContent = "";
      const { keeper } = this;
      const link = state === "refused" ? keeper.answer.link : state === "waiting" && keeper.link;
      if (link) this.notes.appendChild(build("p.ss-note", {}, build("a", { href: link.href }, link.label)));
      if (state === "theirs") this.notes.appendChild(this.choice());
      if (state !== "sent") return;
      if (keeper.receipt) {
        this.notes.appendChild(build("p.ss-note.ss-receipt", {}, this.text("receipt", { receipt: keeper.receipt })));
      }
    }

    choice() {
      const { theirs } = this.keeper.answer;
      const names = this.reporters.filter((reporter) => reporter.id in theirs).map((reporter) => this.who(reporter));
      const take = () => {
        for (const id of Object.keys(theirs)) this.marks.rows[id] = theirs[id];
        this.submit();
        this.show();
      };
      return build(
        "div.ss-note.ss-ask",
        { role: "alert" },
        build("p", {}, this.text("theirs", { names: names.join("、") })),
        build("button", { type: "button", onclick: take }, this.text("useTheirs")),
        build("button", { type: "button", onclick: () => this.submit() }, this.text("useMine")),
      );
    }

    /* A second look: what would be done is said, and done only when it is said again. */
    ask(place, words, then, labels) {
      const close = () => {
        box.remove();
        if (opener && opener.focus) opener.focus();
      };
      const opener = document.activeElement;
      const yes = build("button.ss-primary", { type: "button" }, (labels && labels[0]) || this.text("sure"));
      const no = build("button", { type: "button", onclick: close }, (labels && labels[1]) || this.text("notSure"));
      const box = build("div.ss-ask", { role: "alertdialog", "aria-label": words }, build("p", {}, words), no, yes);
      yes.addEventListener("click", () => {
        box.remove();
        then();
      });
      for (const other of Array.from(place.querySelectorAll(".ss-ask"))) other.remove();
      place.appendChild(box);
      no.focus();
      box.scrollIntoView({ block: "center" });
    }

    wipe() {
      this.keeper.forget();
      this.body.textContent = "";
      this.tabs.textContent = "";
      this.body.appendChild(build("p.ss-note", {}, this.text("wiped")));
    }
  }

  ScoreSheet.views = {};
  ScoreSheet.build = build;
  ScoreSheet.mount = (root, description, options) => new View(root, description, options);
})();
