"use strict";
const report = JSON.parse(document.getElementById("report").textContent);
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat("en", { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const byId = (id) => document.getElementById(id);

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function card(label, value, className) {
  const made = element("div", "", "card");
  made.append(element("b", value, className), element("span", label, "soft"));
  byId("cards").append(made);
}

function table(id, heads, rows) {
  const line = (cells, name) => {
    const row = document.createElement("tr");
    cells.forEach((cell, at) => row.append(element(name, cell, heads[at].number ? "number" : "")));
    return row;
  };
  byId(id).append(line(heads.map((head) => head.title), "th"), ...rows.map((row) => line(row, "td")));
}

const verdict = report.passed ? "good" : "bad";
byId("headline").append(
  element("strong", report.state, verdict),
  element("span", `: first_name and last_name became full_name in ${whole.format(report.rows)} rows under live traffic.`));
byId("origin").textContent =
  `Started ${report.started}; took ${tenth.format(report.durationMillis / 1000)} s; real PostgreSQL, ${report.cluster} cluster, worker killed ${report.workerKills} time(s) with SIGKILL.`;

const clean = (count) => (count === 0 ? "good" : "bad");
card(`of ${whole.format(report.traffic.requests)} requests failed`, whole.format(report.traffic.failed), clean(report.traffic.failed));
card("rows wrong after the run", whole.format(report.traffic.wrongNames), clean(report.traffic.wrongNames));
card(`mismatches in ${whole.format(report.verify.rows)} compared rows`, whole.format(report.verify.mismatches), clean(report.verify.mismatches));
card("99th percentile of a request", `${tenth.format(report.traffic.p99Millis)} ms`);
card("slowest request", `${tenth.format(report.traffic.maxMillis)} ms`);
card("longest wait for a table lock", `${whole.format(report.locks.maxWaitMillis)} ms`);
card(`rows/s of backfill, held to ${whole.format(report.backfill.limitRowsPerSecond)}`, whole.format(report.backfill.rowsPerSecond));
card("from the kill to the next batch", `${tenth.format(report.backfill.resumeMillis / 1000)} s`);
card("batches repeated after the kill", whole.format(report.backfill.batchesRepeated));
card("most memory of a worker", `${whole.format(report.worker.peakResidentBytes / 1048576)} MiB`);

const moments = report.timeline;
const starts = moments.filter((moment, at) => at === 0 || moments[at - 1].phase !== moment.phase);
const ink = getComputedStyle(document.body).color;
const dark = matchMedia("(prefers-color-scheme: dark)").matches;
const colours = dark ? ["#7cb8ff", "#ffb86b", "#ff8a80"] : ["#1f5fbf", "#a85b00", "#b3261e"];
const grid = { stroke: dark ? "#343c46" : "#d5dae1", width: 1 };
const axis = { stroke: ink, grid, ticks: grid };

function phaseLines(plot) {
  const context = plot.ctx;
  context.save();
  context.strokeStyle = ink;
  context.fillStyle = ink;
  context.globalAlpha = 0.6;
  context.setLineDash([4, 4]);
  context.font = `${11 * devicePixelRatio}px sans-serif`;
  starts.forEach((moment, at) => {
    const x = plot.valToPos(moment.second, "x", true);
    context.beginPath();
    context.moveTo(x, plot.bbox.top);
    context.lineTo(x, plot.bbox.top + plot.bbox.height);
    context.stroke();
    context.fillText(moment.phase, x + 4 * devicePixelRatio, plot.bbox.top + (12 + 12 * (at % 5)) * devicePixelRatio);
  });
  context.restore();
}

function chart(id, series, unit) {
  const host = byId(id);
  const plot = new uPlot({
    width: host.clientWidth,
    height: 300,
    scales: { x: { time: false } },
    axes: [{ ...axis, label: "seconds since the traffic began", labelSize: 22 }, { ...axis, label: unit, size: 80, values: (_, ticks) => ticks.map((tick) => whole.format(tick)) }],
    series: [{ label: "second" }, ...series.map((one, at) => ({ label: one.label, stroke: colours[at], width: 2, points: { show: false } }))],
    hooks: { draw: [phaseLines] },
  }, [moments.map((moment) => moment.second), ...series.map((one) => moments.map(one.value))], host);
  addEventListener("resize", () => plot.setSize({ width: host.clientWidth, height: 300 }));
}

chart("latency", [
  { label: "median", value: (moment) => moment.p50Millis },
  { label: "99th percentile", value: (moment) => moment.p99Millis },
  { label: "maximum", value: (moment) => moment.maxMillis },
], "milliseconds");
chart("progress", [{ label: "rows filled", value: (moment) => moment.backfilled }], "rows");

table("phases",
  [{ title: "phase" }, ...["requests", "failed", "p50 ms", "p99 ms", "max ms"].map((title) => ({ title, number: true }))],
  Object.entries(report.traffic.phases).map(([name, it]) =>
    [name, whole.format(it.requests), whole.format(it.failed), tenth.format(it.p50Millis), tenth.format(it.p99Millis), tenth.format(it.maxMillis)]));

const took = (step) => (step.started && step.ended ? whole.format(Date.parse(step.ended) - Date.parse(step.started)) : "");
table("steps",
  [{ title: "phase" }, { title: "step" }, { title: "state" }, { title: "ms", number: true }],
  report.outcome.steps.map((step) => [step.phase.toLowerCase(), step.title, step.state.toLowerCase(), took(step)]));

byId("before").textContent = report.schemaBefore.join("\n");
byId("after").textContent = report.schemaAfter.join("\n");
