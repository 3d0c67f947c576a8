// What a browser makes of a page: printed as JSON for test_browser.py.
// usage: node browser.mjs FOLDER PAGE.html OUTPUT.pdf [brief]; brief: no axe, no run without script; FOLDER holds node_modules with playwright-core and axe-core
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const [folder, page, pdf, brief] = process.argv.slice(2);
const need = createRequire(`${folder}/package.json`);
const { chromium } = need("playwright-core");
const axe = need.resolve("axe-core/axe.min.js");
const address = pathToFileURL(page).href;
const seen = { console: [], requests: [], dialogs: [], overflow: {}, axe: {} };

const watch = (tab) => {
  tab.on("console", (message) => seen.console.push(message.text()));
  tab.on("pageerror", (error) => seen.console.push(String(error)));
  tab.on("dialog", (dialog) => { seen.dialogs.push(dialog.message()); dialog.dismiss(); });
  tab.on("request", (request) => { if (request.url() !== address) seen.requests.push(request.url()); });
};

const open = async (browser, width, more = {}) => {
  const context = await browser.newContext({ viewport: { width, height: 900 }, ...more });
  const tab = await context.newPage();
  watch(tab);
  await tab.goto(address);
  return tab;
};

const beyond = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;

// axe is brought in by the browser's own tools, which the page's policy does not bind.
const violations = async (browser, width) => {
  const tab = await open(browser, width, { bypassCSP: true });
  await tab.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
  await tab.addScriptTag({ path: axe });
  const result = await tab.evaluate(() => window.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  await tab.context().close();
  return result.violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((node) => node.target.join(" ")).join("; ")}`);
};

// From the top by Tab until the focus is where it was at first.
const walk = async (tab) => {
  const stops = [];
  for (let i = 0; i < 400; i++) {
    await tab.keyboard.press("Tab");
    const stop = await tab.evaluate(() => {
      const e = document.activeElement;
      if (e === document.body || e === document.documentElement) return null;
      const box = e.getBoundingClientRect();
      return { what: `${e.tagName} ${e.className} ${e.textContent.slice(0, 40)}`, width: box.width, height: box.height,
               seen: box.bottom > 0 && box.top < window.innerHeight, outline: getComputedStyle(e).outlineStyle };
    });
    if (stop === null) break;
    stops.push(stop);
  }
  return stops;
};

const arrows = async (tab) => {
  const picture = tab.locator("#chart-1 .picture");
  const said = () => tab.locator(".said").textContent();
  await picture.focus();
  const words = {};
  for (const key of ["ArrowRight", "End", "Home", "ArrowDown", "Escape"]) {
    await tab.keyboard.press(key);
    words[key] = await said();
  }
  const labels = await tab.locator('#chart-1 .picture svg[role="img"]').evaluateAll(
    (marks) => marks.map((mark) => mark.getAttribute("aria-label")));
  return { words, labels };
};

// A fan's cursor, by key and by pointer.
const fan = async (tab) => {
  const picture = tab.locator("figure:has(.fan) .picture").first();
  const said = () => tab.locator(".said").textContent();
  const words = {};
  await picture.focus();
  for (const key of ["ArrowRight", "ArrowRight again", "End", "Home", "ArrowDown", "Escape"]) {
    await tab.keyboard.press(key.split(" ")[0]);
    words[key] = await said();
  }
  const left = await tab.locator(".cursor").count();
  await picture.locator(".fan").first().hover();
  return { words, left, pointed: await said(), cursors: await tab.locator(".cursor").count() };
};

// The controls: a form off, another series, a word sought.
const controls = async (tab) => {
  const shown = (selector) => tab.locator(selector).evaluateAll((all) => all.filter((e) => e.offsetParent !== null).length);
  const before = await shown("#answer .row[data-form]");
  await tab.locator("[data-toggle]").first().uncheck();
  const after = await shown("#answer .row[data-form]");
  const series = await shown("[data-series]");
  await tab.locator("[data-pick-series]").nth(1).check();
  const panels = await shown("[data-panel]");
  await tab.locator("[data-search]").fill("no such word anywhere");
  return { before, after, series, panels, seriesAfter: await shown("[data-series]"), rows: await shown(".assumptions tbody tr"),
           count: await tab.locator("[data-count]").textContent() };
};

const without = async (browser) => {
  const tab = await open(browser, 1280, { javaScriptEnabled: false });
  const boxes = [];
  for (const one of await tab.locator("[data-series], [data-panel], section").all()) boxes.push(await one.isVisible());
  const hidden = [];
  for (const one of await tab.locator(".controls").all()) hidden.push(await one.isVisible());
  await tab.context().close();
  return { boxes, controls: hidden };
};

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars"] });
try {
  for (const width of [320, 380, 620, 768, 900, 1280, 1920]) {
    const tab = await open(browser, width);
    seen.overflow[width] = await tab.evaluate(beyond);
    if (width === 1280) {
      seen.scripts = await tab.locator("script").count();
      seen.stops = await walk(tab);
      seen.arrows = await arrows(tab);
      if (await tab.locator(".fan").count()) seen.fan = await fan(tab);
      seen.controls = await controls(tab);
      await tab.pdf({ path: pdf, preferCSSPageSize: true, printBackground: true });
    }
    await tab.context().close();
  }
  if (!brief) {
    for (const width of [1280, 380]) seen.axe[width] = await violations(browser, width);
    seen.without = await without(browser);
  }
} finally {
  await browser.close();
}
console.log(JSON.stringify(seen));
