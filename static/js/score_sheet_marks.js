/* What may be marked on a sheet and what is still missing: reviews/rules/marks.py in the phone.

   Marks are kept as they are typed, so that a reload brings back what a finger left unfinished;
   `ready` gives what can be sent. No other script is needed, and nothing newer than ES2017. */
(function () {
  "use strict";

  const ScoreSheet = window.ScoreSheet || (window.ScoreSheet = {});
  const ABSTAIN = "abstain";
  const WIDE = "０１２３４５６７８９．";

  /* １２．５ and 12。5 are 12.5: Chinese keyboards write both. */
  function plain(text) {
    return String(text === undefined || text === null ? "" : text)
      .replace(/[０-９．]/g, (digit) => "0123456789."[WIDE.indexOf(digit)])
      .replace("。", ".")
      .trim();
  }

  class Marks {
    constructor(description, marks, anonymous) {
      this.description = description;
      this.anonymous = anonymous;
      this.rows = marks || {};
      this.grades = {};
      for (const grade of description.grades) this.grades[grade.code] = grade;
    }

    itemsOf(reporter) {
      return reporter.items || this.description.items;
    }

    row(reporter) {
      if (!this.rows[reporter.id]) this.rows[reporter.id] = {};
      const row = this.rows[reporter.id];
      if (!row.items) row.items = {};
      return row;
    }

    mark(reporter, item) {
      const row = this.rows[reporter.id];
      return (row && row.items && row.items[item.id]) || {};
    }

    overall(reporter) {
      const row = this.rows[reporter.id];
      return (row && row.overall && row.overall.grade) || "";
    }

    remark(reporter) {
      const row = this.rows[reporter.id];
      return (row && row.remark) || "";
    }

    /* What was chosen by hand is nobody's copy any more. */
    setMark(reporter, item, part, value) {
      const row = this.row(reporter);
      const mark = Object.assign({}, row.items[item.id]);
      if (value) mark[part] = value;
      else delete mark[part];
      if (mark.grade === ABSTAIN) delete mark.points;
      if (part === "points" && value && mark.grade === ABSTAIN) delete mark.grade;
      if (Object.keys(mark).length) row.items[item.id] = mark;
      else delete row.items[item.id];
      delete row.shortcut;
    }

    setOverall(reporter, grade) {
      const row = this.row(reporter);
      if (grade) row.overall = { grade };
      else delete row.overall;
      delete row.shortcut;
    }

    setRemark(reporter, text) {
      const row = this.row(reporter);
      if (text) row.remark = text;
      else delete row.remark;
    }

    /* Lowest and highest points that may be typed now, or null where none are asked for. */
    range(reporter, item) {
      const mode = this.description.mode;
      if (mode === "points") return [0, Number(item.max)];
      const grade = this.grades[this.mark(reporter, item).grade];
      return mode === "band" && grade ? [Number(grade.min), Number(grade.max)] : null;
    }

    /* "" when the mark is whole, "missing", or "range" when the points are off the scale. */
    fault(reporter, item) {
      const mark = this.mark(reporter, item);
      if (mark.grade === ABSTAIN) return "";
      if (this.description.mode === "grade") return mark.grade ? "" : "missing";
      if (this.description.mode === "band" && !mark.grade) return "missing";
      const points = plain(mark.points);
      if (!points) return "missing";
      const range = this.range(reporter, item);
      const isNumber = /^\d{1,4}(\.\d{1,2})?$/.test(points);
      return isNumber && Number(points) >= range[0] && Number(points) <= range[1] ? "" : "range";
    }

    isDone(reporter) {
      if (this.description.overall && !this.overall(reporter)) return false;
      return this.itemsOf(reporter).every((item) => this.fault(reporter, item) === "");
    }

    isBegun(reporter) {
      const row = this.rows[reporter.id];
      return Boolean(row && (Object.keys(row.items || {}).length || row.overall || row.remark));
    }

    hasFault(reporter) {
      return this.itemsOf(reporter).some((item) => this.fault(reporter, item) === "range");
    }

    get done() {
      return this.description.reporters.filter((reporter) => this.isDone(reporter)).length;
    }

    /* 同上: the marks of one reporter for another with the same lines; a remark is never copied. */
    canCopy(from, to) {
      return Boolean(from) && this.itemsOf(from) === this.itemsOf(to) && this.isDone(from);
    }

    copy(from, to) {
      const row = this.row(to);
      const source = JSON.parse(JSON.stringify(this.row(from)));
      row.items = source.items;
      if (source.overall) row.overall = source.overall;
      row.shortcut = "same";
    }

    fill(reporter, code) {
      const row = this.row(reporter);
      for (const item of this.itemsOf(reporter)) row.items[item.id] = { grade: code };
      if (this.description.overall) row.overall = { grade: code };
      row.shortcut = "all";
    }

    get shortcuts() {
      return this.description.reporters.filter((reporter) => (this.rows[reporter.id] || {}).shortcut).length;
    }

    /* What can be sent: whole marks only. On a ballot an abstention is left out; on a named sheet it is said. */
    ready() {
      const found = {};
      for (const reporter of this.description.reporters) {
        const row = this.rowReady(reporter);
        if (row) found[reporter.id] = row;
      }
      return found;
    }

    rowReady(reporter) {
      const items = {};
      for (const item of this.itemsOf(reporter)) {
        const mark = this.mark(reporter, item);
        if (this.fault(reporter, item) || (this.anonymous && mark.grade === ABSTAIN)) continue;
        items[item.id] = this.markReady(mark);
      }
      const row = { items };
      const overall = this.overall(reporter);
      if (overall && !(this.anonymous && overall === ABSTAIN)) row.overall = { grade: overall };
      if (this.remark(reporter).trim()) row.remark = this.remark(reporter);
      const shortcut = (this.rows[reporter.id] || {}).shortcut;
      if (shortcut) row.shortcut = shortcut;
      return Object.keys(items).length || row.overall || row.remark ? row : null;
    }

    markReady(mark) {
      if (mark.grade === ABSTAIN) return { grade: ABSTAIN };
      const found = {};
      if (this.description.mode !== "points") found.grade = mark.grade;
      if (this.description.mode !== "grade") found.points = plain(mark.points);
      return found;
    }
  }

  ScoreSheet.ABSTAIN = ABSTAIN;
  ScoreSheet.Marks = Marks;
})();
