"use strict";
// A hospital's chart: what the API answers for the view in the address, gaps hatched, and a table behind it.
{
  const element = document.getElementById("chart");
  const facts = element.dataset;
  const say = (name) => facts[`word${name[0].toUpperCase()}${name.slice(1)}`];
  const [half, majority] = facts.metrics.split(",");
  const language = document.documentElement.lang.replace(/^en$/, "en-GB");
  // Its plugin for a legend writes style attributes, which the page's policy forbids; ours is in the page.
  Dygraph.PLUGINS = Dygraph.PLUGINS.filter((plugin) => plugin !== Dygraph.Plugins.Legend);
  const board = document.getElementById("chart-words");
  // Dygraphs draws local or universal time; ours is Hong Kong's, eight hours ahead, for whoever looks from wherever.
  const ahead = 8 * 3_600_000;
  const minutesOf = { quarter_hour: 15, hour: 60, day: 1_440, week: 10_080 };
  const step = minutesOf[facts.by] * 60_000;

  const ask = async (leaf, pairs) => {
    const answer = await fetch(`/v1/${leaf}?${new URLSearchParams(pairs)}`);
    if (!answer.ok) throw new Error(`${leaf}: ${answer.status}`);
    return answer.json();
  };

  const range = { from: facts.from, to: facts.to };
  const path = `hospitals/${encodeURIComponent(facts.code)}`;

  /** What is usual by hour of the week: the year before the last day that is shown, as the table of the moment has it. */
  const usual = async () => {
    if (facts.band !== "usual") return null;
    const last = Math.floor((Date.parse(facts.to) - 1 + ahead) / 86_400_000) * 86_400_000 - ahead;
    const profile = await ask(`${path}/profile`, {
      metric: half, by: "hour_of_week",
      from: new Date(last - 364 * 86_400_000).toISOString(), to: new Date(last).toISOString(),
    });
    // Four quarter hours of at least 20 dates, as "usual" is judged.
    return profile.rows.map((row) => (row.count >= 80 ? [row.p25, row.p75] : null));
  };

  const hourOfWeek = (time) => {
    const there = new Date(time + ahead);
    return ((there.getUTCDay() + 6) % 7) * 24 + there.getUTCHours();
  };

  const wait = (minutes) => {
    if (minutes === null || minutes === undefined) return "–";
    if (minutes === 0) return say("zero");
    const isHours = half.startsWith("t45") && minutes >= 60 && minutes % 30 === 0;
    return isHours ? say("hours").replace("{}", minutes / 60) : say("minutes").replace("{}", minutes);
  };

  const format = (options) => {
    const written = new Intl.DateTimeFormat(language, { timeZone: "UTC", hourCycle: "h23", ...options });
    // The server's spelling; British English alone has four letters for it.
    return { format: (time) => written.format(time).replace("Sept", "Sep") };
  };
  const isTimed = step < 86_400_000;
  const instant = format({ year: "numeric", month: "short", day: "numeric", ...(isTimed && { hour: "2-digit", minute: "2-digit" }) });
  const clock = format({ hour: "2-digit", minute: "2-digit" });
  const day = format({ month: "short", day: "numeric" });
  const month = format({ year: "numeric", month: "short" });
  const year = format({ year: "numeric" });

  /** Why a bucket has no figure: the commonest state of its quarter hours. */
  const cause = (counts) => {
    if (!counts || counts.expected === 0) return say("unpublished");
    const states = { notArchived: counts.not_archived, lost: counts.lost, unknown: counts.unknown };
    const [state, most] = Object.entries(states).sort((one, other) => other[1] - one[1])[0];
    return most > 0 ? say(state) : say("gap");
  };

  const join = (first, second, ledger, profile) => first.rows.map((row, index) => {
    const time = Date.parse(row.start);
    const band = facts.band === "usual" ? profile?.[hourOfWeek(time)] ?? null : row.p25 === null ? null : [row.p25, row.p75];
    const counts = ledger.get(time);
    return {
      time, band, counts, half: row.median, majority: second.rows[index]?.median ?? null,
      isGap: row.median === null && row.expected > 0,
      // A bucket that is not over yet says as little of its whole as one with figures missing.
      isPartial: row.partial || (step > 900_000 && time + step > Date.parse(facts.to)),
    };
  });

  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  /** Diagonal lines over the stretch from `left` to `right`. */
  const hatch = (context, left, right, area) => {
    if (right - left < 4) {
      // Too narrow for lines across.
      context.fillStyle = style("--miss");
      return context.fillRect(left, area.y, Math.max(right - left, 1), area.h);
    }
    context.save();
    context.beginPath();
    context.rect(left, area.y, Math.max(right - left, 1), area.h);
    context.clip();
    context.strokeStyle = style("--soft");
    context.globalAlpha = 0.55;
    context.lineWidth = 1;
    context.beginPath();
    for (let x = left - area.h; x < right; x += 7) {
      context.moveTo(x, area.y + area.h);
      context.lineTo(x + area.h, area.y);
    }
    context.stroke();
    context.restore();
  };

  const under = (rows) => (context, area, graph) => {
    const [from, to] = graph.xAxisRange();
    let missing;
    for (const row of rows) {
      const start = row.time + ahead;
      if (start + step < from || start > to) continue;
      const left = graph.toDomXCoord(start), right = graph.toDomXCoord(start + step);
      if (row.band) {
        const low = graph.toDomYCoord(row.band[0]), high = graph.toDomYCoord(row.band[1]);
        context.fillStyle = style("--band");
        context.globalAlpha = 0.45;
        context.fillRect(left, high - 1, right - left + 0.5, Math.max(low - high + 2, 2));
        context.globalAlpha = 1;
      }
      // Neighbours are one stretch.
      if (row.isGap) missing = [missing?.[0] ?? left, right];
      else if (missing) missing = void hatch(context, ...missing, area);
      if (row.isPartial && !row.isGap) {
        context.fillStyle = style("--notice-line");
        context.fillRect(left, area.y + area.h - 5, Math.max(right - left - 1, 1), 5);
      }
    }
    if (missing) hatch(context, ...missing, area);
  };

  const tell = (row) => {
    if (!row) return;
    const parts = [instant.format(row.time + ahead)];
    if (row.half === null && row.majority === null) parts.push(say("gap") + say("colon") + cause(row.counts));
    else {
      parts.push(say("half") + say("colon") + wait(row.half), say("majority") + say("colon") + wait(row.majority));
      if (row.band) parts.push(`${say("band")}${say("colon")}${wait(row.band[0])} – ${wait(row.band[1])}`);
      if (row.isPartial) parts.push(say("partial"));
    }
    if (row.counts?.expected) parts.push(`${row.counts.observed + row.counts.healed} / ${row.counts.expected} ${say("quarters")}`);
    board.textContent = parts.join(" · ");
  };

  /** Labels of the time axis: what changes from tick to tick, in the page's language. */
  const label = (date, granularity) => {
    const time = date.getTime();
    if (granularity >= Dygraph.ANNUAL) return year.format(time);
    if (granularity >= Dygraph.MONTHLY) return month.format(time);
    if (granularity >= Dygraph.DAILY || (date.getUTCHours() === 0 && date.getUTCMinutes() === 0)) return day.format(time);
    return clock.format(time);
  };

  /** Ticks of the waits: whole hours where there is room for no more. */
  const ticks = (low, high, pixels) => {
    const most = Math.max(2, Math.floor(pixels / 34));
    const size = [5, 10, 15, 30, 60, 120, 240, 480].find((size) => high / size <= most) ?? 960;
    const list = [];
    for (let minutes = 0; minutes <= high; minutes += size) {
      const text = size % 60 === 0 || (minutes % 30 === 0 && minutes >= 60 && size >= 30)
        ? say("axis").replace("{}", minutes / 60) : say("axisMinutes").replace("{}", minutes);
      list.push({ v: minutes, label: text });
    }
    return list;
  };

  const sign = (name, draw) => {
    const swatch = document.querySelector(`[data-sign=${name}]`);
    const space = "http://www.w3.org/2000/svg";
    const drawing = document.createElementNS(space, "svg");
    drawing.setAttribute("viewBox", "0 0 26 14");
    const line = document.createElementNS(space, "path");
    for (const [key, value] of Object.entries(draw)) line.setAttribute(key, value);
    drawing.append(line);
    swatch.replaceChildren(drawing);
  };

  const signs = () => {
    sign("half", { d: "M0 7H26", fill: "none", stroke: style("--accent"), "stroke-width": 3 });
    sign("majority", { d: "M0 7H26", fill: "none", stroke: style("--long"), "stroke-width": 2, "stroke-dasharray": "5 3" });
    sign("partial", { d: "M0 12H26", fill: "none", stroke: style("--notice-line"), "stroke-width": 4 });
    sign("band", { d: "M0 0H26V14H0z", fill: style("--band"), "fill-opacity": 0.45 });
  };

  /** Outward to whole buckets, so that what the address names is what is seen. */
  const snap = (from, to) => {
    const size = Math.min(step, 86_400_000);
    const left = Math.max(Math.floor(from / size) * size, rows[0].time + ahead);
    return [left, Math.max(Math.ceil(to / size) * size, left + size)];
  };

  /** The address and what can be taken away follow the view; the last of several zooms counts. */
  let following;
  const follow = (from, to) => {
    clearTimeout(following);
    following = setTimeout(async () => {
      const [left, right] = snap(from, to);
      const isWhole = left <= rows[0].time + ahead && right >= rows.at(-1).time + ahead;
      const minute = (time) => new Date(time - ahead).toISOString().replace(".000Z", "Z");
      const address = new URL(isWhole ? opened : facts.page, location.href);
      if (!isWhole) {
        address.searchParams.set("from", minute(left));
        address.searchParams.set("to", minute(right));
      }
      history.replaceState(null, "", address);
      // Where the server cannot be reached, the links stay those of the whole view.
      try { await page.swap(address, ["take", "views", "caption"]); } catch { /* the next zoom tries again */ }
    }, 300);
  };

  const opened = location.href;
  let rows = [], graph, point = -1;

  const draw = () => {
    signs();
    const most = Math.max(60, ...rows.map((row) => Math.max(row.majority ?? 0, row.half ?? 0, row.band?.[1] ?? 0)));
    const lines = rows.map((row) => [new Date(row.time + ahead), row.half, row.majority]);
    // A last bucket is as wide as the others.
    lines.push([new Date(rows.at(-1).time + ahead + step), rows.at(-1).half, rows.at(-1).majority]);
    graph?.destroy();
    graph = new Dygraph(element, lines, {
      labels: ["x", "half", "majority"], labelsUTC: true, stepPlot: true, legend: "never", showRangeSelector: true,
      // Its outline would fall to the floor where a figure is missing.
      rangeSelectorPlotStrokeColor: "", rangeSelectorPlotFillColor: style("--band"),
      rangeSelectorBackgroundStrokeColor: style("--soft"), valueRange: [0, most * 1.06], gridLineColor: style("--line"),
      axisLineColor: style("--soft"), highlightCircleSize: 4, underlayCallback: under(rows), animatedZooms: false,
      xRangePad: 4, axisLabelWidth: 76,
      series: {
        half: { color: style("--accent"), strokeWidth: 2.4 },
        majority: { color: style("--long"), strokeWidth: 1.5, strokePattern: [5, 3] },
      },
      axes: { x: { axisLabelFormatter: label, axisLabelWidth: 74, pixelsPerLabel: 84 }, y: { ticker: ticks } },
      highlightCallback: (event, time) => { point = rows.findLastIndex((row) => row.time + ahead <= time); tell(rows[point]); },
      zoomCallback: follow, interactionModel: Dygraph.defaultInteractionModel,
    });
    // The range selector's handles are pictures that say nothing: keys do the same.
    for (const handle of element.querySelectorAll("img")) handle.alt = "";
    element.setAttribute("data-drawn", rows.length);
  };

  element.addEventListener("keydown", (event) => {
    if (!graph) return;
    const [from, to] = graph.xAxisRange(), [least, most] = graph.xAxisExtremes(), width = to - from;
    const go = (start, end) => {
      const size = Math.min(Math.max(end - start, 4 * step), most - least);
      const left = Math.min(Math.max(start, least), most - size);
      graph.updateOptions({ dateWindow: [left, left + size] });
      follow(left, left + size);
    };
    const keys = {
      ArrowLeft: () => go(from - width / 4, to - width / 4), ArrowRight: () => go(from + width / 4, to + width / 4),
      "+": () => go(from + width / 4, to - width / 4), "=": () => go(from + width / 4, to - width / 4),
      "-": () => go(from - width / 2, to + width / 2), 0: () => { graph.resetZoom(); follow(least, most); },
      PageUp: () => reach(point - 1), PageDown: () => reach(point + 1),
    };
    const reach = (index) => {
      point = Math.min(Math.max(index, 0), rows.length - 1);
      graph.setSelection(point);
      tell(rows[point]);
    };
    if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  const details = document.getElementById("chart-table");
  details.addEventListener("toggle", () => {
    if (!details.open || details.querySelector("table") || !rows.length) return;
    const box = document.createElement("div");
    box.className = "wide";
    box.tabIndex = 0;
    const table = document.createElement("table");
    const head = table.createTHead().insertRow();
    for (const name of ["time", "half", "majority", "band", "coverage", "cause"]) {
      const cell = document.createElement("th");
      cell.scope = "col";
      cell.textContent = say(name);
      head.append(cell);
    }
    const body = table.createTBody();
    for (const row of rows.toReversed()) {
      const line = body.insertRow();
      const time = document.createElement("th");
      time.scope = "row";
      time.textContent = instant.format(row.time + ahead);
      line.append(time);
      const held = row.counts?.expected ? `${row.counts.observed + row.counts.healed} / ${row.counts.expected}` : "–";
      const band = row.band ? `${wait(row.band[0])} – ${wait(row.band[1])}` : "–";
      const why = row.half === null && row.majority === null ? cause(row.counts) : row.isPartial ? say("partial") : "";
      for (const text of [wait(row.half), wait(row.majority), band, held, why]) line.insertCell().textContent = text;
    }
    box.append(table);
    details.append(box);
  });

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { if (graph) draw(); });

  (async () => {
    try {
      const [first, second, ledger, profile] = await Promise.all([
        ask(`${path}/trend`, { metric: half, by: facts.by, ...range }), ask(`${path}/trend`, { metric: majority, by: facts.by, ...range }),
        ask("coverage", { feed: "ae-wait", hospital: facts.code, by: facts.by, ...range }), usual(),
      ]);
      const counts = new Map(ledger.rows.map((row) => [Date.parse(row.start), row]));
      rows = join(first, second, counts, profile);
      if (rows.some((row) => row.half !== null || row.majority !== null)) draw();
      else board.textContent = say("empty");
    } catch (error) {
      board.textContent = say("failed");
      element.setAttribute("data-failed", String(error));
    }
  })();
}
