"use strict";
// The map of the hospitals: marks are those of the table, and picking one picks the other.
{
  const element = document.getElementById("map");
  const rows = () => [...document.querySelectorAll("table.now tbody tr[data-lat]")];
  const marks = new Map();
  // Keyboard and zoom need no animation, and who asked for less motion gets none.
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(element, { zoomSnap: 0.25, attributionControl: false, zoomAnimation: !calm, fadeAnimation: !calm });

  if (element.dataset.tiles) {
    L.tileLayer(element.dataset.tiles, { maxZoom: 18 }).addTo(map);
    const attribution = L.control.attribution({ prefix: false });
    const words = document.createElement("span");
    words.textContent = element.dataset.attribution;
    attribution.addAttribution(words.innerHTML).addTo(map);
  }
  L.control.scale({ imperial: false }).addTo(map);

  const waitOf = (row) => row.querySelector(".wait").textContent;
  const words = (row) => {
    const box = document.createElement("div");
    const name = document.createElement("strong");
    name.textContent = row.dataset.name;
    const wait = document.createElement("div");
    wait.textContent = waitOf(row);
    box.append(name, wait);
    return box;
  };

  // Where marks lie upon each other, the longer wait is on top.
  const heavy = (row) => Number(row.querySelector(".mark").getAttribute("class").match(/k(\d)/)[1]) % 5 * 500;

  /** The row's mark as a button that shows the hospital on the map; without a map it is a sign alone. */
  const button = (row) => {
    const sign = row.querySelector("span.pick");
    if (!sign) return;
    const made = document.createElement("button");
    made.type = "button";
    made.className = "pick";
    made.id = `pick-${row.id}`;
    made.setAttribute("aria-label", sign.dataset.label);
    made.setAttribute("aria-pressed", "false");
    made.append(...sign.childNodes);
    sign.replaceWith(made);
  };

  const draw = () => {
    for (const mark of marks.values()) mark.remove();
    marks.clear();
    for (const row of rows()) {
      button(row);
      const icon = L.divIcon({ className: "map-mark", iconSize: [30, 30], html: row.querySelector(".mark").cloneNode(true) });
      const point = [Number(row.dataset.lat), Number(row.dataset.lon)];
      const mark = L.marker(point, { icon, riseOnHover: true, zIndexOffset: heavy(row) })
        .addTo(map).bindTooltip(words(row), { direction: "top", offset: [0, -12], opacity: 1 });
      mark.on("click", () => pick(row.id, { scrolls: true }));
      const sign = mark.getElement();
      sign.setAttribute("role", "button");
      sign.setAttribute("aria-label", `${row.dataset.name}: ${waitOf(row)}`);
      sign.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        pick(row.id, { scrolls: true });
      });
      marks.set(row.id, mark);
    }
    const picked = decodeURIComponent(location.hash.slice(1));
    if (marks.has(picked)) show(picked);
  };

  const show = (code) => {
    for (const row of rows()) {
      const isPicked = row.id === code;
      row.classList.toggle("picked", isPicked);
      row.querySelector(".pick").setAttribute("aria-pressed", isPicked);
      const mark = marks.get(row.id);
      mark?.getElement().classList.toggle("picked", isPicked);
      mark?.setZIndexOffset(isPicked ? 10_000 : heavy(row));
      if (mark && !isPicked) mark.closeTooltip();
      if (mark && isPicked) mark.openTooltip();
    }
  };

  const pick = (code, { scrolls }) => {
    history.replaceState(null, "", `#${encodeURIComponent(code)}`);
    show(code);
    if (scrolls) document.getElementById(code)?.scrollIntoView({ block: "nearest", behavior: calm ? "auto" : "smooth" });
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".pick");
    if (!button) return;
    const row = button.closest("tr");
    pick(row.id, { scrolls: false });
    const mark = marks.get(row.id);
    if (mark) map.panInside(mark.getLatLng(), { padding: [40, 40], animate: !calm });
  });
  document.addEventListener("swapped", draw);

  // The clinics come when they are asked for.
  const box = document.getElementById("clinics");
  let clinics;
  box?.addEventListener("change", async () => {
    if (!box.checked) return clinics?.remove();
    if (!clinics) {
      const answer = await fetch(element.dataset.clinics);
      const name = `name_${element.dataset.language}`;
      clinics = L.geoJSON(await answer.json(), {
        pointToLayer: (feature, point) => {
          const icon = L.divIcon({ className: "map-clinic", iconSize: [9, 9] });
          const label = document.createElement("span");
          label.textContent = feature.properties[name] || feature.properties.name_en;
          return L.marker(point, { icon, keyboard: false, title: "" }).bindTooltip(label, { direction: "top", opacity: 1 });
        },
      });
    }
    clinics.addTo(map);
  });

  const here = document.getElementById("here");
  here?.addEventListener("click", () => {
    const failed = () => { document.getElementById("near-about").textContent = here.dataset.failed; };
    if (!navigator.geolocation) return failed();
    // A kilometre will do to tell which hospital is near, and is less to know of a visitor.
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      const field = document.getElementById("near");
      field.value = `${coords.latitude.toFixed(2)},${coords.longitude.toFixed(2)}`;
      field.form.submit();
    }, failed);
  });

  const points = rows().map((row) => [Number(row.dataset.lat), Number(row.dataset.lon)]);
  map.setView([22.35, 114.15], 10);
  // A map that is not shown, as on paper, has no size to fit the hospitals into yet.
  new ResizeObserver((_, observer) => {
    if (!element.clientWidth) return;
    observer.disconnect();
    map.invalidateSize();
    if (points.length) map.fitBounds(points, { padding: [24, 24] });
  }).observe(element);
  draw();
}
