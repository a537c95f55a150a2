// The built site in Firefox: one path through everything that leans on the browser.
//
// `TRIGPOINT_SITE` is the folder of the site, `TRIGPOINT_FIREFOX` the browser; `nox -s browsers` sets both.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, it } from "node:test";
import { BARE, PATIENCE, Reader, firefox, serve } from "./site.mjs";

const SITE = process.env.TRIGPOINT_SITE;
const LABS = ["markers", "algebra", "metadata", "extras", "messages"];
const WINDOWS = "os_name == 'nt'";
const METADATA = "Metadata-Version: 2.1\nName: spam\nVersion: 1.0\n";

describe("Firefox", { timeout: 10 * PATIENCE }, () => {
  let browser;
  let server;
  let reader;

  before(async () => {
    server = await serve(SITE);
    browser = await firefox(process.env.TRIGPOINT_FIREFOX);
  });
  beforeEach(async () => {
    reader = await Reader.arrive(browser, server);
  });
  afterEach(() => reader.leave());
  after(async () => {
    await browser?.close();
    await server?.stop();
  });

  for (const name of LABS) {
    it(`answers in the lab ${name}, from an example on`, async () => {
      await reader.open(`playground/${name}.html`);
      const before = await reader.lab();
      await reader.wake();
      // The last one differs from the page's own.
      await reader.page.evaluate(() => [...document.querySelectorAll("trigpoint-lab [data-example]")].at(-1).click());
      await reader.until((text) => document.querySelector("trigpoint-lab textarea").value !== text, before.text);
      await reader.answered();
      const { result, stale } = await reader.lab();
      assert.notEqual(result, before.result);
      assert.equal(stale, false);
      assert.deepEqual(reader.faults(), []);
    });
  }

  it("starts from the snapshot", async () => {
    await reader.open(BARE);
    const how = await reader.page.evaluate(
      () =>
        new Promise((resolve) => {
          const worker = new Worker("_static/trigpoint/engine.js", { type: "module" });
          worker.addEventListener("message", ({ data }) => {
            if (data.kind !== "progress") resolve(data.how ?? data.message);
          });
        }),
    );
    assert.equal(how, "snapshot");
  });

  it("follows typing, and puts it into the address", async () => {
    await reader.open("playground/markers.html");
    await reader.wake();
    await reader.write(WINDOWS);
    await reader.until(() => location.hash.includes("nt"));
    assert.match((await reader.lab()).result, /os_name/);
    assert.deepEqual(reader.faults(), []);
  });

  it("opens a link to a question", async () => {
    await reader.open(`playground/markers.html#lab?v=1&text=${encodeURIComponent(WINDOWS)}`);
    await reader.answered();
    assert.equal((await reader.lab()).text, WINDOWS);
    assert.deepEqual(reader.faults(), []);
  });

  it("reads a dropped file", async () => {
    await reader.open("playground/metadata.html");
    await reader.page.evaluate((text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], "METADATA"));
      const place = document.querySelector("trigpoint-lab .tp-result");
      for (const kind of ["dragenter", "dragover", "drop"]) {
        place.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
      }
    }, METADATA);
    await reader.until((text) => document.querySelector("trigpoint-lab textarea[data-editor]").value === text, METADATA);
    await reader.answered();
    assert.match((await reader.lab()).result, /spam 1\.0/);
    assert.deepEqual(reader.faults(), []);
  });

  it("finds a section by words", async () => {
    await reader.open("index.html");
    await reader.page.locator(".sidebar-search-container input").click();
    await reader.page.keyboard.type("pin a dependency on windows only");
    await reader.page.locator(".tp-hit").wait();
    assert.deepEqual(reader.faults(), []);
  });

  it("works without a network after one visit", async () => {
    const own = await serve(SITE);
    const visitor = await Reader.arrive(browser, own);
    try {
      await visitor.open("playground/markers.html");
      await visitor.wake();
      await visitor.write(WINDOWS);
      await visitor.until(() => location.hash.includes("nt"));
      await visitor.until(async () => {
        if (!navigator.serviceWorker.controller) return false;
        const names = ["engine.js", "snapshot.bin.zst", "pyodide/python_stdlib.zip"];
        const places = [location.pathname, ...names.map((name) => new URL(`../_static/trigpoint/${name}`, location))];
        const kept = await Promise.all(places.map((place) => caches.match(place, { ignoreSearch: true })));
        return kept.every(Boolean);
      });
      const { result } = await visitor.lab();
      assert.deepEqual(visitor.faults(), []);
      await own.stop();
      await visitor.page.reload();
      await visitor.answered();
      const again = await visitor.lab();
      assert.deepEqual([again.text, again.result], [WINDOWS, result]);
      // Whatever the browser asks for, an icon too, has an answer from what is kept, or a plain refusal.
      assert.deepEqual(visitor.faults(), []);
    } finally {
      await visitor.leave();
      await own.stop();
    }
  });

  it("starts Python in JupyterLite", { skip: existsSync(join(SITE, "lite")) ? false : "built without notebooks" }, async () => {
    await reader.open("lite/notebooks/index.html?path=markers.ipynb");
    await reader.page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait();
    assert.deepEqual(reader.requests.filter((url) => !url.startsWith(server.origin) && url.startsWith("http")), []);
  });
});
