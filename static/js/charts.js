/* Draws the pictures of a page of statistics from the numbers that the page holds. What a picture shows
   stands in the table below it too; without script the table is all there is. Nothing leaves the page. */
(function () {
  "use strict";

  var COLOURS = ["#174f8a", "#c8862a", "#9b1c1c", "#5b7f5f", "#6d6a8c", "#85817a"];
  var SHADES = ["#fbeae8", "#fdf1d8", "#e6effa", "#cfe5d6", "#2f7d4f"];

  function base(picture) {
    return {
      animation: false,
      color: COLOURS,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      aria: { enabled: true, decal: { show: picture.kind === "stacked" } },
      /* The library's own tips carry inline styles, which the page's policy refuses. */
      tooltip: { renderMode: "richText", confine: true },
      grid: { left: 8, right: 16, top: 40, bottom: 8, containLabel: true },
    };
  }

  function bars(picture) {
    var option = base(picture);
    var stacked = picture.kind === "stacked";
    option.tooltip.trigger = "axis";
    option.legend = { show: picture.series.length > 1, top: 0 };
    option.xAxis = { type: "value", minInterval: 1 };
    option.yAxis = { type: "category", data: picture.categories, inverse: true, axisLabel: { width: 130, overflow: "break" } };
    option.series = picture.series.map(function (one) {
      return {
        name: one.name, type: "bar", stack: stacked ? "all" : null, data: one.data, barMaxWidth: 22,
        label: { show: true, formatter: function (at) { return at.value || ""; } },
      };
    });
    return option;
  }

  function heat(picture) {
    var option = base(picture);
    var cells = [];
    picture.series.forEach(function (column, x) {
      column.data.forEach(function (value, y) { cells.push([x, y, value]); });
    });
    option.grid.top = 8;
    option.grid.bottom = 60;
    option.xAxis = { type: "category", data: picture.series.map(function (one) { return one.name; }) };
    option.yAxis = { type: "category", data: picture.categories, inverse: true, axisLabel: { width: 150, overflow: "truncate" } };
    option.visualMap = { min: 0, max: 100, orient: "horizontal", left: "center", bottom: 0, inRange: { color: SHADES }, formatter: "{value}%" };
    option.series = [{ type: "heatmap", data: cells, label: { show: true, color: "#1f2328", formatter: function (at) { return at.value[2] + "%"; } } }];
    return option;
  }

  function draw(box) {
    var picture = JSON.parse(document.getElementById(box.dataset.chart).textContent);
    var rows = picture.categories.length;
    var each = picture.kind === "bar" ? 26 * picture.series.length + 10 : 34;
    box.style.height = Math.min(Math.max(rows * each + 90, 180), 2400) + "px";
    box.hidden = false;
    var chart = window.echarts.init(box, null, { renderer: "svg" });
    chart.setOption(picture.kind === "heat" ? heat(picture) : bars(picture));
    window.addEventListener("resize", function () { chart.resize(); });
  }

  document.addEventListener("DOMContentLoaded", function () {
    if (window.echarts) document.querySelectorAll("[data-chart]").forEach(draw);
  });
})();
