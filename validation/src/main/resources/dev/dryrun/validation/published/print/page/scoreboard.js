"use strict";
(function () {
  const rows = JSON.parse(document.getElementById("rows").textContent);
  const palette = ["#2f6fb3", "#d9822b", "#2f8f5b", "#cc1f3b", "#8a3fb8", "#8c6d31", "#d63fa0", "#6c757f", "#9aa81c",
    "#1aa7b8", "#7a9fd6", "#f0b46e", "#79c49c", "#ee8a99", "#bf95dc", "#c4a872", "#e99ccb", "#b5bcc4", "#c9d35f",
    "#7fd0da", "#244b78", "#8f4f10", "#1b5636"];
  const charts = ["scatter", "errors", "strip"].map(id => echarts.init(document.getElementById(id)));
  const [scatter, errors, strip] = charts;
  const colours = document.getElementById("colours");
  const withC = document.getElementById("quality-c");
  const ink = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const escaped = text => text.replace(/[&<>"]/g, c => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;" })[c]);
  const signed = value => (value > 0 ? "+" : "") + value;

  function hover(row) {
    const parts = Object.entries(row.parts).map(([part, share]) => part + " " + share + " %").join(", ");
    return "<b>" + escaped(row.id) + "</b> (" + escaped(row.family) + ", quality " + escaped(row.quality || "not stated")
      + ")<br>" + escaped(row.job) + "<br>" + escaped(row.strategy) + "<br>" + row.measured + " s measured, "
      + row.predicted + " s predicted, <b>" + signed(row.error) + " %</b>" + (parts ? "<br>" + escaped(parts) : "")
      + (row.assumed ? "<br>assumed: " + escaped(row.assumed) : "") + "<br><i>" + escaped(row.source) + "</i>";
  }

  const tooltip = () => ({
    confine: true, enterable: true, backgroundColor: ink("--card"), borderColor: ink("--edge"),
    textStyle: { color: ink("--ink"), fontSize: 12 },
    extraCssText: "max-width:min(520px,90vw);white-space:normal;",
    formatter: point => point.data.row ? hover(point.data.row) : point.data.words || ""
  });
  const axis = (name, more) => Object.assign({
    name, nameLocation: "middle", nameGap: 30, nameTextStyle: { color: ink("--faint") },
    axisLabel: { color: ink("--faint") }, axisLine: { lineStyle: { color: ink("--faint") } },
    splitLine: { lineStyle: { color: ink("--edge"), opacity: 0.5 } }, minorSplitLine: { show: false }
  }, more);

  function groups(shown) {
    const byName = new Map();
    shown.forEach(row => {
      const name = row[colours.value];
      byName.set(name, (byName.get(name) || []).concat([row]));
    });
    return [...byName].map(([name, members], i) => ({ name, members, color: palette[i % palette.length] }));
  }

  function line(from, to, ratio, type) {
    return { type: "line", data: [[from, from * ratio], [to, to * ratio]], symbol: "none", silent: true, z: 1,
      tooltip: { show: false }, lineStyle: { color: ink("--faint"), width: 1, type }, legendHoverLink: false };
  }

  function draw() {
    const shown = rows.filter(row => withC.checked || row.quality !== "C");
    const narrow = innerWidth < 700;
    const parts = groups(shown);
    const all = shown.flatMap(row => [row.measured, row.predicted]);
    const from = Math.min(...all) / 1.3, to = Math.max(...all) * 1.3;
    const seconds = { color: ink("--faint"), showMinLabel: false, showMaxLabel: false, formatter: v => Number(v.toPrecision(2)) };
    const legend = { type: "scroll", data: parts.map(part => part.name), textStyle: { color: ink("--ink") },
      pageTextStyle: { color: ink("--ink") }, pageIconColor: ink("--ink"), pageIconInactiveColor: ink("--edge"), top: 0 };
    const points = (value, big) => parts.map(part => ({ name: part.name, type: "scatter", symbolSize: big ? 8 : 6,
      itemStyle: { color: part.color, opacity: 0.75 }, emphasis: { itemStyle: { opacity: 1, borderColor: ink("--ink") } },
      data: part.members.map(row => ({ value: value(row), row })) }));
    scatter.setOption({
      animation: false, legend, tooltip: tooltip(), grid: { left: 56, right: 16, top: 40, bottom: 50 },
      xAxis: axis("measured step, s", { type: "log", min: from, max: to, axisLabel: seconds }),
      yAxis: axis("predicted step, s (solid: equal; dashed: 10 % off)", { type: "log", min: from, max: to, nameGap: 40,
        axisLabel: seconds }),
      series: points(row => [row.measured, row.predicted], true).concat(
        [line(from, to, 1, "solid"), line(from, to, 1.1, "dashed"), line(from, to, 1 / 1.1, "dashed")])
    }, true);

    const edges = [];
    for (let edge = -50; edge <= 50; edge += 2.5) edges.push(edge);
    const bins = part => edges.map(edge => part.members.filter(row => {
      const clipped = Math.max(-50, Math.min(50, row.error));
      return Math.floor(clipped / 2.5) * 2.5 === edge;
    }).length);
    errors.setOption({
      animation: false, grid: { left: 56, right: 16, top: 16, bottom: 50 },
      tooltip: Object.assign(tooltip(), { formatter: bar => escaped(bar.seriesName) + ": " + bar.value + " rows, error from "
        + signed(edges[bar.dataIndex]) + " to " + signed(edges[bar.dataIndex] + 2.5) + " %" }),
      xAxis: axis("error, % (the outermost bars hold all beyond)", { type: "category", data: edges.map(signed),
        axisLabel: { color: ink("--faint"), interval: narrow ? 7 : 3 } }),
      yAxis: axis("rows", { type: "value", nameGap: 40 }),
      series: parts.map(part => ({ name: part.name, type: "bar", stack: "rows", barCategoryGap: "8%",
        itemStyle: { color: part.color }, data: bins(part) }))
    }, true);

    const families = [...new Set(shown.map(row => row.family))].reverse();
    strip.setOption({
      animation: false, tooltip: tooltip(), grid: { left: narrow ? 116 : 150, right: 16, top: 10, bottom: 50 },
      xAxis: axis("error, %", { type: "value" }),
      yAxis: axis("", { type: "category", data: families, axisLabel: { color: ink("--ink"), fontSize: narrow ? 10 : 12 } }),
      series: points(row => [row.error, row.family], false)
    }, true);
  }

  colours.addEventListener("change", draw);
  withC.addEventListener("change", draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  addEventListener("resize", () => { charts.forEach(chart => chart.resize()); draw(); });
  draw();
})();
