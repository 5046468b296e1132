"use strict";
// A hospital's chart: the figures that stand in the page, gaps hatched, and a table behind it. Without the library the page's own
// script shows a picture.
if (window.Dygraph) {
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

  /** A column of the page: numbers, null where there is none. */
  const column = (name) => facts[name] ? facts[name].split(",").map((text) => text === "" ? null : Number(text)) : [];

  /** Expected slots of a bucket, how many are held, and why the others are not; null where the ledger has none. */
  const ledger = facts.ledger.split(",").map((text) => {
    if (!text) return null;
    const [expected = 0, held = 0, notArchived = 0, lost = 0, unknown = 0] = text.split(".").map(Number);
    return { expected, held, notArchived, lost, unknown };
  });

  /** What is usual by hour of the week: the middle half of the year before the last day that is shown. */
  const usual = facts.usual.split(",").map((text) => text ? text.split("-").map(Number) : null);

  const hourOfWeek = (time) => {
    const there = new Date(time + ahead);
    return ((there.getUTCDay() + 6) % 7) * 24 + there.getUTCHours();
  };

  const isBound = facts.metrics.startsWith("t45");
  const isInHours = (minutes) => isBound && minutes >= 60 && minutes % 30 === 0;

  /** A wait; behind words that say "within" already, English leaves the bound's sign out. */
  const wait = (minutes, isWithin) => {
    if (minutes === null || minutes === undefined) return "–";
    if (minutes === 0) return say("zero");
    if (isInHours(minutes)) return say(isWithin ? "withinHours" : "hours").replace("{}", minutes / 60);
    return say(isWithin && document.documentElement.lang === "en" ? "within" : "minutes").replace("{}", minutes);
  };

  const span = (low, high) => {
    if (low === high) return wait(low);
    if (isBound && (low % 30 || high % 30)) return `${wait(low)} – ${wait(high)}`;
    const [first, last] = isBound ? [low / 60, high / 60] : [low, high];
    return say("range").replace("{}", first).replace("{2}", last);
  };

  const format = (options) => {
    const written = new Intl.DateTimeFormat(language, { timeZone: "UTC", hourCycle: "h23", ...options });
    // The server's spelling; British English alone has four letters for it.
    return { format: (time) => written.format(time).replace("Sept", "Sep") };
  };
  const isTimed = step < 86_400_000;
  const instant = format({ year: "numeric", month: "short", day: "numeric", ...(isTimed && { hour: "2-digit", minute: "2-digit" }) });
  const clock = format({ hour: "2-digit", minute: "2-digit" });
  const due = Date.parse(facts.due);

  /** Why a bucket has no figure: the commonest state of its quarter hours. */
  const cause = ({ time, counts }) => {
    if (!counts || counts.expected === 0) return say(time + step > due ? "notDue" : "unpublished");
    const [state, most] = ["notArchived", "lost", "unknown"].map((name) => [name, counts[name]])
      .sort((one, other) => other[1] - one[1])[0];
    return most > 0 ? say(state) : say("gap");
  };

  const join = () => {
    const [halves, majorities, lows, highs] = ["half", "majority", "low", "high"].map(column);
    const [first, second] = [Number(facts.first) * 60_000, Number(facts.second) * 60_000];
    return Array.from({ length: Number(facts.count) }, (_, index) => {
      // The first bucket may be cut to the range; the others are evenly apart.
      const time = index === 0 ? first : second + (index - 1) * step;
      const spread = lows[index] === null || lows[index] === undefined ? null : [lows[index], highs[index]];
      const [half, majority] = [halves[index] ?? null, majorities[index] ?? null];
      return {
        time, half, majority, counts: ledger[index], band: facts.band === "usual" ? usual[hourOfWeek(time)] : spread,
        isGap: half === null && facts.expected[index] === "1",
        // A bucket that is not over yet says as little of its whole as one with figures missing.
        isPartial: facts.partial[index] === "1" || (step > 900_000 && time + step > Date.parse(facts.to)),
      };
    });
  };

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

  /** Where a bucket begins and ends on the canvas: the next one's beginning, so that neighbours meet. */
  const edges = (graph, index) => {
    const end = index + 1 < rows.length ? rows[index + 1].time : rows[index].time + step;
    return [graph.toDomXCoord(rows[index].time + ahead), graph.toDomXCoord(end + ahead)];
  };

  const under = (context, area, graph) => {
    const [from, to] = graph.xAxisRange();
    const isSeen = (row) => row.time + ahead + step >= from && row.time + ahead <= to;
    // One shape: where two would overlap by a part of a pixel, a seam would be seen.
    context.beginPath();
    rows.forEach((row, index) => {
      if (!row.band || !isSeen(row)) return;
      const [left, right] = edges(graph, index);
      const [low, high] = row.band.map((minutes) => graph.toDomYCoord(minutes));
      context.rect(left, high - 1, right - left, Math.max(low - high + 2, 2));
    });
    context.fillStyle = style("--band");
    context.globalAlpha = 0.45;
    context.fill();
    context.globalAlpha = 1;
    let missing;
    rows.forEach((row, index) => {
      if (!isSeen(row)) return;
      const [left, right] = edges(graph, index);
      // Neighbours are one stretch.
      if (row.isGap) missing = [missing ? missing[0] : left, right];
      else if (missing) missing = void hatch(context, ...missing, area);
    });
    if (missing) hatch(context, ...missing, area);
  };

  /** A hollow point, as in the picture and the tables, where figures are missing or the bucket is not over. */
  const hollow = (context, graph) => {
    const radius = 3.5;
    context.save();
    context.lineWidth = 1.5;
    context.strokeStyle = style("--accent");
    context.fillStyle = style("--ground");
    rows.forEach((row, index) => {
      if (!row.isPartial || row.half === null) return;
      const [left, right] = edges(graph, index), area = graph.getArea(), x = (left + right) / 2;
      if (x < area.x || x > area.x + area.w) return;
      context.beginPath();
      context.arc(x, graph.toDomYCoord(row.half), radius, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    });
    context.restore();
  };

  const tell = (row) => {
    if (!row) return;
    const parts = [instant.format(row.time + ahead)];
    if (row.half === null && row.majority === null) parts.push(say("gap") + say("colon") + cause(row));
    else {
      parts.push(say("half") + say("is") + wait(row.half, true), say("majority") + say("is") + wait(row.majority, true));
      if (row.band) parts.push(say("band") + say("colon") + span(...row.band));
      if (row.isPartial) parts.push(say("partial"));
    }
    const { held, expected } = row.counts ?? {};
    if (expected && held < expected) parts.push(`${held} / ${expected} ${say("quarters")}`);
    board.textContent = parts.join(" · ");
  };

  // Ticks of the time axis stand where Hong Kong's clock and calendar have them: what changes from tick to tick, and below it
  // what that leaves out, where it changes.
  const words = {
    clock: format({ hour: "2-digit", minute: "2-digit" }), day: format({ day: "numeric" }), month: format({ month: "short" }),
    year: format({ year: "numeric" }), date: format({ month: "short", day: "numeric" }),
  };
  const hour = 3_600_000, dayLong = 24 * hour;
  const steps = [
    ...[0.25, 0.5, 1, 2, 3, 6, 12].map((hours) => ({ size: hours * hour, name: "clock", under: "date", room: 48 })),
    ...[1, 2].map((days) => ({ size: days * dayLong, name: "day", under: "month", room: 40 })),
    ...[1, 2].map((weeks) => ({ size: weeks * 7 * dayLong, name: "day", under: "month", room: 40, offset: 4 * dayLong })),
    ...[1, 3, 6].map((months) => ({ months, size: months * 30 * dayLong, name: "month", under: "year", room: 44 })),
    ...[1, 2, 5, 10].map((years) => ({ months: years * 12, size: years * 365 * dayLong, name: "year", room: 52 })),
  ];

  const places = (scale, from, to) => {
    const list = [];
    if (scale.months) {
      const start = new Date(from);
      let month = Math.floor((start.getUTCFullYear() * 12 + start.getUTCMonth()) / scale.months) * scale.months;
      for (let time; (time = Date.UTC(Math.floor(month / 12), month % 12)) <= to; month += scale.months) list.push(time);
    } else {
      // Weeks begin on Mondays, and 1970 began on a Thursday.
      const offset = scale.offset ?? 0;
      for (let time = Math.floor((from - offset) / scale.size) * scale.size + offset; time <= to; time += scale.size) list.push(time);
    }
    return list.filter((time) => time >= from);
  };

  const timeTicks = (from, to, pixels) => {
    const fits = (scale) => scale.size * pixels / (to - from) >= scale.room;
    const scale = steps.find((scale) => scale.size >= Math.min(step, dayLong) && fits(scale)) ?? steps[steps.length - 1];
    let before = "";
    const found = places(scale, from, to).map((time) => {
      const context = scale.under ? words[scale.under].format(time) : "";
      const isNew = context !== before;
      before = context;
      return { v: time, text: words[scale.name].format(time), context: isNew ? context : "" };
    });
    // The first may have no room for what the second says anew.
    if (found.length > 1 && found[1].context && scale.size * pixels / (to - from) < 70) found[0].context = "";
    return found.map(({ v, text, context }) => ({ v, label: context ? `${text}<br>${context}` : text }));
  };

  /** Ticks of the waits, in the one unit that stands above the chart. */
  const ticks = (low, high, pixels) => {
    const most = Math.max(2, Math.floor(pixels / 34));
    const size = (isBound ? [30, 60, 120, 180, 240, 360, 480] : [5, 10, 15, 30, 60, 120, 240, 480])
      .find((size) => high / size <= most) ?? 960;
    const list = [];
    for (let minutes = 0; minutes <= high; minutes += size) list.push({ v: minutes, label: String(isBound ? minutes / 60 : minutes) });
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
    sign("partial", { d: "M16.5 7a3.5 3.5 0 1 1-7 0a3.5 3.5 0 1 1 7 0z", fill: "none", stroke: style("--accent"), "stroke-width": 1.5 });
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
      const isWhole = left <= rows[0].time + ahead && right >= rows[rows.length - 1].time + ahead;
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

  const opened = location.href, rows = join();
  let graph, point = -1;

  /** The bucket that a time falls in. */
  const indexAt = (time) => {
    let index = rows.length - 1;
    while (index > 0 && rows[index].time + ahead > time) index -= 1;
    return index;
  };

  const select = (index) => {
    point = Math.min(Math.max(index, 0), rows.length - 1);
    graph.setSelection(point);
    tell(rows[point]);
  };

  // One finger is the browser's, which scrolls with it, and ours, which reads what lies under it; two zoom.
  const model = Dygraph.defaultInteractionModel;
  const touches = { ...model };
  for (const name of ["touchstart", "touchmove", "touchend"]) {
    touches[name] = (event, graph, context) => { if (event.touches.length > 1 || context.initialTouches?.length > 1) model[name](event, graph, context); };
  }
  const read = (event) => {
    if (!graph || event.pointerType === "mouse") return;
    const area = graph.getArea(), box = graph.graphDiv.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    // Below the plot are the handles of the range.
    if (x < area.x || x > area.x + area.w || y < area.y || y > area.y + area.h) return;
    select(indexAt(graph.toDataXCoord(x)));
  };
  for (const name of ["pointerdown", "pointermove"]) element.addEventListener(name, read);

  /** The hollow points, drawn over the first line. */
  const marks = (event) => {
    if (event.setName === "half") hollow(event.drawingContext, event.dygraph);
  };

  const lines = { half: { strokeWidth: 2.4 }, majority: { strokeWidth: 1.5, strokePattern: [5, 3] } };
  const colours = () => ({
    rangeSelectorPlotFillColor: style("--band"), rangeSelectorBackgroundStrokeColor: style("--soft"),
    gridLineColor: style("--line"), axisLineColor: style("--soft"),
  });

  const draw = () => {
    signs();
    const last = rows[rows.length - 1];
    const most = Math.max(60, ...rows.map((row) => Math.max(row.majority ?? 0, row.half ?? 0, row.band ? row.band[1] : 0)));
    const points = rows.map((row) => [new Date(row.time + ahead), row.half, row.majority]);
    // A last bucket is as wide as the others.
    points.push([new Date(last.time + ahead + step), last.half, last.majority]);
    graph = new Dygraph(element, points, {
      labels: ["x", "half", "majority"], labelsUTC: true, stepPlot: true, legend: "never", showRangeSelector: true, ...colours(),
      // Its outline would fall to the floor where a figure is missing.
      rangeSelectorPlotStrokeColor: "", valueRange: [0, most * 1.06], highlightCircleSize: 4, underlayCallback: under,
      animatedZooms: false, xRangePad: 4, xAxisHeight: 42, rangeSelectorHeight: 36,
      series: { half: { ...lines.half, color: style("--accent") }, majority: { ...lines.majority, color: style("--long") } },
      axes: { x: { ticker: timeTicks, axisLabelWidth: 72 }, y: { ticker: ticks, axisLabelWidth: 26 } },
      highlightCallback: (event, time) => { point = indexAt(time); tell(rows[point]); },
      zoomCallback: follow, interactionModel: touches, plotter: [Dygraph.Plotters.linePlotter, marks],
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
      PageUp: () => select(point - 1), PageDown: () => select(point + 1),
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
    for (const row of [...rows].reverse()) {
      const line = body.insertRow();
      const time = document.createElement("th");
      time.scope = "row";
      time.textContent = instant.format(row.time + ahead);
      line.append(time);
      const isWhole = row.counts && row.counts.held === row.counts.expected;
      const held = isWhole ? "" : row.counts ? `${row.counts.held} / ${row.counts.expected}` : "–";
      const band = row.band ? span(...row.band) : "–";
      const why = row.half === null && row.majority === null ? cause(row) : row.isPartial ? say("partial") : "";
      for (const text of [wait(row.half, true), wait(row.majority, true), band, held, why]) line.insertCell().textContent = text;
    }
    box.append(table);
    details.append(box);
  });

  const recolour = () => {
    if (!graph) return;
    signs();
    graph.updateOptions({
      ...colours(), series: { half: { ...lines.half, color: style("--accent") }, majority: { ...lines.majority, color: style("--long") } },
    });
  };
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
  // Paper is light, and narrower than most screens: the drawing is shrunk to it.
  addEventListener("beforeprint", () => {
    document.documentElement.classList.add("printing");
    element.style.setProperty("--shrink", Math.min(1, 660 / element.clientWidth));
    element.style.setProperty("--height", `${element.clientHeight * Math.min(1, 660 / element.clientWidth)}px`);
    recolour();
  });
  addEventListener("afterprint", () => {
    document.documentElement.classList.remove("printing");
    recolour();
  });

  if (rows.some((row) => row.half !== null || row.majority !== null)) draw();
  else {
    board.textContent = say("empty");
    element.hidden = true;
    element.setAttribute("data-drawn", 0);
  }
}
