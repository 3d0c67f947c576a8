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

  const said = document.createElement("p");
  said.className = "said";
  said.setAttribute("aria-live", "polite");
  document.querySelector("main").append(said);
  all("figure").forEach((figure) => {
    const marks = all('svg[role="img"]', figure);
    if (marks.length < 2) return;
    const picture = figure.querySelector(".picture");
    picture.tabIndex = 0;
    picture.setAttribute("role", "group");
    picture.setAttribute("aria-label", "Chart: arrow keys read its marks one by one");
    let at = -1;
    const say = (i) => {
      const seen = marks.filter((m) => !m.closest(".off"));
      at = Math.max(0, Math.min(i, seen.length - 1));
      said.textContent = seen[at].getAttribute("aria-label");
    };
    picture.addEventListener("keydown", (event) => {
      const steps = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: 1e9 };
      if (event.target !== picture) return;
      if (event.key === "Escape") { said.textContent = ""; at = -1; }
      if (!(event.key in steps)) return;
      event.preventDefault();
      say(steps[event.key]);
    });
    picture.addEventListener("blur", () => { said.textContent = ""; at = -1; });
    marks.forEach((mark) => {
      mark.addEventListener("mouseenter", () => { said.textContent = mark.getAttribute("aria-label"); });
      mark.addEventListener("mouseleave", () => { said.textContent = ""; });
    });
  });
})();
