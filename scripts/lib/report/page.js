"use strict";
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  all(".scripted").forEach((e) => { e.hidden = false; });

  const show = (elements, wanted) => elements.forEach((e) => e.classList.toggle("off", !wanted(e)));
  all("[data-toggle]").forEach((box) => box.addEventListener("change", () => {
    show(all(`#answer [data-form="${box.dataset.toggle}"]`), () => box.checked);
  }));
  const pick = (name) => show(all("[data-panel]"), (e) => e.dataset.panel === name);
  all("[data-pick]").forEach((radio) => {
    radio.addEventListener("change", () => pick(radio.dataset.pick));
    if (radio.checked) pick(radio.dataset.pick);
  });
  const series = (name) => show(all("[data-series]"), (e) => e.dataset.series === name);
  all("[data-pick-series]").forEach((radio) => {
    radio.addEventListener("change", () => series(radio.dataset.pickSeries));
    if (radio.checked) series(radio.dataset.pickSeries);
  });

  const table = document.querySelector("table.assumptions");
  if (table) {
    const rows = all("tbody tr", table), search = document.querySelector("[data-search]");
    const boxes = all("[data-evidence]"), count = document.querySelector("[data-count]");
    const filter = () => {
      const word = search.value.toLowerCase(), kinds = new Set(boxes.filter((b) => b.checked).map((b) => b.dataset.evidence));
      show(rows, (row) => kinds.has(row.cells[5].textContent) && row.textContent.toLowerCase().includes(word));
      count.textContent = `${rows.filter((row) => !row.classList.contains("off")).length} of ${rows.length}`;
    };
    [search, ...boxes].forEach((e) => e.addEventListener("input", filter));
    filter();
  }

  const safe = (cell) => {
    const words = cell.textContent.trim(), harmless = /^[=+@\t-]/.test(words) ? `'${words}` : words;
    return `"${harmless.replaceAll('"', '""')}"`;
  };
  all("figure details").forEach((details) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "csv";
    button.textContent = "Save these figures as CSV";
    button.addEventListener("click", () => {
      const lines = all("tr", details).map((row) => [...row.cells].map(safe).join(","));
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob(["\ufeff", lines.join("\r\n")], { type: "text/csv" }));
      link.download = `chart-${details.closest("figure").dataset.chart}.csv`;
      link.click();
      URL.revokeObjectURL(link.href);
    });
    details.append(button);
  });

  const read = (fan, name, at) => fan.dataset[name].split("|")[at];
  const quarters = (fan) => fan.dataset.mean.split("|").length;
  const words = (fan, at) => {
    const year = Number(fan.dataset.start) + Math.floor(at / 4), short = (y) => String(y % 100).padStart(2, "0");
    return `${fan.getAttribute("aria-label").split(":")[0]}, ${short(year)}/${short(year + 1)} quarter ${at % 4 + 1}: mean ` +
      `${read(fan, "mean", at)}; half of futures ${read(fan, "q25", at)} to ${read(fan, "q75", at)}; 9 in 10 ` +
      `${read(fan, "q05", at)} to ${read(fan, "q95", at)}`;
  };
  const lift = () => all(".cursor").forEach((line) => line.remove());
  const point = (fan, at) => {
    lift();
    const line = document.createElementNS("http://www.w3.org/2000/svg", "line"), box = fan.viewBox.baseVal;
    const left = Number(fan.dataset.left), wide = box.width - left - Number(fan.dataset.right);
    const x = left + wide * at / Math.max(1, quarters(fan) - 1);
    Object.entries({ class: "cursor", x1: x, x2: x, y1: 0, y2: box.height - 22 }).forEach(([k, v]) => line.setAttribute(k, v));
    fan.append(line);
    return words(fan, at);
  };

  const said = document.createElement("p");
  said.className = "said";
  said.setAttribute("aria-live", "polite");
  document.querySelector("main").append(said);
  all("figure").forEach((figure) => {
    const marks = all('svg[role="img"]', figure), fans = marks.filter((m) => m.classList.contains("fan"));
    if (marks.length < 2) return;
    const picture = figure.querySelector(".picture");
    picture.tabIndex = 0;
    picture.setAttribute("role", "group");
    picture.setAttribute("aria-label", fans.length ? "Chart: arrow keys read it quarter by quarter, up and down panel by panel" :
      "Chart: arrow keys read its marks one by one");
    let at = -1, quarter = -1;
    const close = () => { said.textContent = ""; at = -1; quarter = -1; lift(); };
    const within = (i, count) => Math.max(0, Math.min(i, count - 1));
    const say = (i, q) => {
      const seen = marks.filter((m) => !m.closest(".off"));
      at = within(i, seen.length);
      const fan = seen[at].classList.contains("fan") ? seen[at] : null;
      quarter = fan ? within(q, quarters(fan)) : -1;
      if (!fan) lift();
      said.textContent = fan ? point(fan, quarter) : seen[at].getAttribute("aria-label");
    };
    picture.addEventListener("keydown", (event) => {
      const along = { ArrowRight: 1, ArrowLeft: -1, Home: -1e9, End: 1e9 }, across = { ArrowDown: 1, ArrowUp: -1 };
      if (event.target !== picture) return;
      if (event.key === "Escape") close();
      if (!(event.key in along || event.key in across)) return;
      event.preventDefault();
      if (fans.length && event.key in along && at >= 0) say(at, quarter + along[event.key]);
      else if (fans.length) say(at + (across[event.key] ?? 1), event.key === "End" ? 1e9 : Math.max(0, quarter));
      else say(event.key === "Home" ? 0 : at + (along[event.key] ?? across[event.key]), -1);
    });
    picture.addEventListener("blur", close);
    marks.forEach((mark) => {
      mark.addEventListener("mouseenter", () => { said.textContent = mark.getAttribute("aria-label"); });
      mark.addEventListener("mouseleave", () => { said.textContent = ""; lift(); });
    });
    fans.forEach((fan) => fan.addEventListener("mousemove", (event) => {
      const box = fan.getBoundingClientRect(), wide = fan.viewBox.baseVal.width, left = Number(fan.dataset.left);
      const share = ((event.clientX - box.left) * wide / box.width - left) / (wide - left - Number(fan.dataset.right));
      said.textContent = point(fan, within(Math.round(share * (quarters(fan) - 1)), quarters(fan)));
    }));
  });
})();
