/* The three faces of a sheet: one reporter with large buttons, everybody as a table, the check before sending. */
(function () {
  "use strict";

  const ScoreSheet = window.ScoreSheet || (window.ScoreSheet = {});
  let names = 0;

  function build() {
    return ScoreSheet.build.apply(null, arguments);
  }

  function top(sheet) {
    return sheet.description.grades[0];
  }

  /* Large buttons that are radio buttons underneath. */
  function gradeButtons(sheet, label, chosen, choose) {
    names += 1;
    const name = `ss-${names}`;
    const choices = sheet.description.grades.map((grade) => [grade.code, grade.label]);
    choices.push([ScoreSheet.ABSTAIN, sheet.text("abstain")]);
    const boxes = choices.map(([code, words]) => {
      const input = build("input", { type: "radio", name, value: code, checked: code === chosen });
      input.addEventListener("change", () => choose(code));
      return build(code === ScoreSheet.ABSTAIN ? "label.ss-choice.ss-abstain" : "label.ss-choice", {}, input, build("span", {}, words));
    });
    return build("div.ss-choices", { role: "radiogroup", "aria-label": label }, ...boxes);
  }

  function gradeSelect(sheet, label, chosen, choose) {
    const options = [["", "—"], ...sheet.description.grades.map((grade) => [grade.code, grade.label])];
    options.push([ScoreSheet.ABSTAIN, sheet.text("abstain")]);
    const select = build("select", { "aria-label": label });
    for (const [code, words] of options) select.appendChild(build("option", { value: code, selected: code === chosen }, words));
    select.addEventListener("change", () => choose(select.value));
    return select;
  }

  /* A text box with the number keys: no wheel changes a mark unseen. */
  function pointsBox(sheet, reporter, item, label) {
    const input = build("input.ss-points", { type: "text", inputmode: "decimal", autocomplete: "off", size: "6", "aria-label": label });
    const hint = build("span.ss-range");
    input.value = sheet.marks.mark(reporter, item).points || "";
    const show = () => {
      const range = sheet.marks.range(reporter, item);
      const isWrong = sheet.marks.fault(reporter, item) === "range";
      input.disabled = !range;
      hint.textContent = range ? sheet.text("range", { min: range[0], max: range[1] }) : "";
      hint.className = isWrong ? "ss-range ss-wrong" : "ss-range";
      input.setAttribute("aria-invalid", String(isWrong));
    };
    input.addEventListener("input", () => {
      sheet.marks.setMark(reporter, item, "points", input.value);
      show();
      sheet.changed(reporter);
    });
    show();
    return { box: build("span.ss-pointsbox", {}, input, build("span", {}, sheet.text("points")), hint), show, input };
  }

  /* The controls of one item, whichever the mode; `grades` draws the grades. */
  function controls(sheet, reporter, item, grades) {
    const { mode } = sheet.description;
    const label = `${reporter.unit}${reporter.name} ${item.name}`;
    const parts = [];
    const points = mode === "grade" ? null : pointsBox(sheet, reporter, item, label);
    if (mode !== "points") {
      const choose = (code) => {
        sheet.marks.setMark(reporter, item, "grade", code);
        if (points) {
          if (code === ScoreSheet.ABSTAIN) points.input.value = "";
          points.show();
        }
        sheet.changed(reporter);
      };
      parts.push(grades(sheet, label, sheet.marks.mark(reporter, item).grade || "", choose));
    }
    if (points) parts.push(points.box);
    return parts;
  }

  function overallControl(sheet, reporter, grades) {
    const label = `${reporter.unit}${reporter.name} ${sheet.text("overall")}`;
    return grades(sheet, label, sheet.marks.overall(reporter), (code) => {
      sheet.marks.setOverall(reporter, code);
      sheet.changed(reporter);
    });
  }

  /* Seen only where there is a mouse, and so a keyboard. */
  function keysHint(sheet) {
    const name = sheet.description.mode === "points" ? "keysPoints" : "keys";
    return build("p.ss-keys", {}, sheet.text(name, { n: sheet.description.grades.length }));
  }

  function remarkBox(sheet, reporter, rows) {
    const { remark_max: most } = sheet.description;
    const area = build("textarea.ss-remark", { rows, maxlength: most || 500, "aria-label": `${reporter.unit}${reporter.name} ${sheet.text("remark")}` });
    area.value = sheet.marks.remark(reporter);
    area.addEventListener("input", () => {
      sheet.marks.setRemark(reporter, area.value);
      sheet.changed();
    });
    return area;
  }

  function shortcuts(sheet, reporter) {
    const box = build("div.ss-shortcuts");
    const before = sheet.reporters[sheet.at - 1];
    const again = () => {
      sheet.changed(reporter);
      sheet.show();
    };
    if (sheet.marks.canCopy(before, reporter)) {
      const words = sheet.text("sureSame", { from: sheet.who(before), to: sheet.who(reporter) });
      const copy = () => {
        sheet.marks.copy(before, reporter);
        again();
      };
      box.appendChild(build("button.ss-quiet", { type: "button", onclick: () => sheet.ask(box, words, copy) }, sheet.text("same")));
    }
    if (sheet.description.mode === "grade") {
      const words = { to: sheet.who(reporter), grade: top(sheet).label };
      const all = () => {
        sheet.marks.fill(reporter, top(sheet).code);
        again();
      };
      const ask = () => sheet.ask(box, sheet.text("sureAll", words), all);
      box.appendChild(build("button.ss-quiet", { type: "button", onclick: ask }, sheet.text("all", words)));
    }
    return box;
  }

  ScoreSheet.views.walk = function (sheet) {
    const reporter = sheet.reporters[sheet.at];
    const all = sheet.reporters.length;
    const isLast = sheet.at + 1 === all;
    const place = `${sheet.text("at", { at: sheet.at + 1, all })} · ${sheet.text(reporter.oral ? "oral" : "written")}`;
    const card = build("section.ss-card", {}, build("p.ss-at", {}, place), build("h2.ss-who", { tabindex: "-1" }, `${reporter.unit} ${reporter.name}`));
    if (reporter.post) card.appendChild(build("p.ss-post", {}, reporter.post));
    if (reporter.link) card.appendChild(build("p", {}, build("a", { href: reporter.link, target: "_blank", rel: "noopener" }, sheet.text("material"))));
    for (const item of sheet.marks.itemsOf(reporter)) {
      card.appendChild(build("div.ss-item", {}, build("h3", {}, item.name), ...controls(sheet, reporter, item, gradeButtons)));
    }
    if (sheet.description.overall) {
      card.appendChild(build("div.ss-item.ss-overall", {}, build("h3", {}, sheet.text("overall")), overallControl(sheet, reporter, gradeButtons)));
    }
    if (sheet.description.remark) {
      card.appendChild(build("div.ss-item", {}, build("h3", {}, sheet.text("remark")), remarkBox(sheet, reporter, 3)));
    }
    card.appendChild(shortcuts(sheet, reporter));
    card.appendChild(keysHint(sheet));
    const back = { type: "button", disabled: sheet.at === 0, onclick: () => sheet.go(sheet.at - 1) };
    const on = { type: "button", onclick: () => sheet.go(sheet.at + 1) };
    const foot = build("div.ss-foot", {}, build("button", back, sheet.text("previous")), build("button.ss-primary", on, sheet.text(isLast ? "toReview" : "next")));
    return build("div", {}, card, foot);
  };

  function itemSets(sheet) {
    const sets = [];
    for (const reporter of sheet.reporters) {
      const items = sheet.marks.itemsOf(reporter);
      const found = sets.find((set) => set.items === items);
      if (found) found.reporters.push(reporter);
      else sets.push({ items, reporters: [reporter] });
    }
    return sets;
  }

  function tableOf(sheet, set) {
    const { overall, remark } = sheet.description;
    const heads = ["", ...set.items.map((item) => item.name)];
    if (overall) heads.push(sheet.text("overall"));
    if (remark) heads.push(sheet.text("remark"));
    const table = build("table.ss-table", {}, build("thead", {}, build("tr", {}, ...heads.map((head) => build("th", { scope: "col" }, head)))));
    const body = build("tbody");
    for (const reporter of set.reporters) {
      const cell = (head, ...parts) => build("td", { "data-label": head }, ...parts);
      const row = build("tr", {}, build("th", { scope: "row" }, `${reporter.order}. ${reporter.unit} ${reporter.name}`));
      for (const item of set.items) row.appendChild(cell(item.name, ...controls(sheet, reporter, item, gradeSelect)));
      if (overall) row.appendChild(cell(sheet.text("overall"), overallControl(sheet, reporter, gradeSelect)));
      if (remark) row.appendChild(cell(sheet.text("remark"), remarkBox(sheet, reporter, 1)));
      body.appendChild(row);
    }
    table.appendChild(body);
    return table;
  }

  /* In the table everybody who has not been begun can be given the highest grade at once, after a second look. */
  function restButton(sheet) {
    const rest = sheet.reporters.filter((reporter) => !sheet.marks.isBegun(reporter));
    const box = build("div.ss-shortcuts");
    if (sheet.description.mode !== "grade" || !rest.length) return box;
    const words = { n: rest.length, grade: top(sheet).label, names: rest.map((reporter) => sheet.who(reporter)).join("、") };
    const all = () => {
      for (const reporter of rest) sheet.marks.fill(reporter, top(sheet).code);
      sheet.changed(rest[0]);
      sheet.show();
    };
    const ask = () => sheet.ask(box, sheet.text("sureRest", words), all);
    box.appendChild(build("button.ss-quiet", { type: "button", onclick: ask }, sheet.text("allRest", words)));
    return box;
  }

  ScoreSheet.views.table = function (sheet) {
    const tables = itemSets(sheet).map((set) => tableOf(sheet, set));
    const on = { type: "button", onclick: () => sheet.open("review") };
    const foot = build("div.ss-foot", {}, build("button.ss-primary", on, sheet.text("toReview")));
    const heading = build("h2.ss-hidden", { tabindex: "-1" }, sheet.text("table"));
    return build("div", {}, heading, ...tables, restButton(sheet), keysHint(sheet), foot);
  };

  function namesOf(sheet, reporters) {
    return reporters.map((reporter) => `${reporter.order}. ${sheet.who(reporter)}`).join("、");
  }

  ScoreSheet.views.review = function (sheet) {
    const { marks, options } = sheet;
    const box = build("div.ss-card", {}, build("h2", { tabindex: "-1" }, sheet.text("review")));
    const missing = sheet.reporters.filter((reporter) => !marks.isDone(reporter));
    const rest = sheet.text(options.anonymous ? "missingBallot" : "missingNamed");
    const words = missing.length
      ? sheet.text("missing", { n: missing.length, names: namesOf(sheet, missing) }) + rest
      : sheet.text("complete");
    box.appendChild(build("p", {}, words));
    if (marks.shortcuts) box.appendChild(build("p", {}, sheet.text("shortcuts", { n: marks.shortcuts })));
    const list = build("ol.ss-list");
    sheet.reporters.forEach((reporter, at) => {
      const state = marks.isDone(reporter) ? "done" : marks.isBegun(reporter) ? "begun" : "todo";
      const open = () => sheet.go(at);
      const label = build("span", {}, `${reporter.order}. ${reporter.unit} ${reporter.name}`);
      list.appendChild(build("li", {}, build("button", { type: "button", onclick: open }, label, build(`span.ss-${state}`, {}, sheet.text(state)))));
    });
    box.appendChild(list);
    box.appendChild(submitBox(sheet, missing));
    return box;
  };

  function submitBox(sheet, missing) {
    const box = build("div.ss-submit");
    const send = build("button.ss-primary", { type: "button" });
    const wipe = build("button.ss-quiet", { type: "button", hidden: true }, sheet.text("wipe"));
    send.addEventListener("click", () => {
      if (!missing.length || !sheet.options.anonymous) return sheet.submit();
      const words = sheet.text("missing", { n: missing.length, names: namesOf(sheet, missing) }) + sheet.text("missingBallot");
      return sheet.ask(box, words, () => sheet.submit(), [sheet.text("sureSubmit"), sheet.text("goBack")]);
    });
    wipe.addEventListener("click", () => sheet.ask(box, sheet.text("sureWipe"), () => sheet.wipe(), [sheet.text("wipe"), sheet.text("goBack")]));
    sheet.after = (state) => {
      send.textContent = sheet.text(sheet.keeper.sent && sheet.keeper.sent !== "{}" ? "submitAgain" : "submit");
      send.disabled = ["sent", "sending", "empty", "theirs"].indexOf(state) >= 0;
      wipe.hidden = !(sheet.options.anonymous && state === "sent");
    };
    box.appendChild(send);
    box.appendChild(wipe);
    return box;
  }
})();
