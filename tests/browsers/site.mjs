// The built site on a server of its own, and Firefox in front of it.

import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import puppeteer from "puppeteer-core";

/** Where the site lies on its server: nothing beside it exists. */
const PREFIX = "/en/latest/";

/** A page that the server adds: nothing is on it, and no policy. */
export const BARE = "bare";

/** Milliseconds in which everything that must happen has happened, on a busy machine. */
export const PATIENCE = 120_000;

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".mjs": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** Serves *folder*; `stop` refuses every connection from then on. */
export async function serve(folder) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://site");
    try {
      if (pathname === PREFIX + BARE) {
        response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Bare</title>");
        return;
      }
      if (!pathname.startsWith(PREFIX)) throw new Error("beside the site");
      let file = join(folder, normalize(decodeURIComponent(pathname.slice(PREFIX.length))));
      if ((await stat(file)).isDirectory()) file = join(file, "index.html");
      const content = await readFile(file);
      response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    base: origin + PREFIX,
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

/** Firefox, which finds nothing but this machine. */
export function firefox(executablePath) {
  return puppeteer.launch({
    browser: "firefox",
    executablePath,
    headless: true,
    // A reader at a desk: the sidebar is there.
    defaultViewport: { width: 1280, height: 900 },
    protocolTimeout: PATIENCE,
    extraPrefsFirefox: {
      // Every other host would be asked for through a proxy that is not there.
      "network.proxy.type": 1,
      "network.proxy.http": "127.0.0.1",
      "network.proxy.http_port": 9,
      "network.proxy.ssl": "127.0.0.1",
      "network.proxy.ssl_port": 9,
      "network.proxy.no_proxies_on": "127.0.0.1",
      "network.proxy.allow_hijacking_localhost": false,
    },
  });
}

/** A reader with a profile of their own, and what the browser complained about. */
export class Reader {
  complaints = [];
  requests = [];

  static async arrive(browser, server) {
    const reader = new Reader();
    reader.server = server;
    reader.context = await browser.createBrowserContext();
    reader.page = await reader.context.newPage();
    reader.page.setDefaultTimeout(PATIENCE);
    reader.page.on("console", (message) => reader.complaints.push(message.text()));
    reader.page.on("pageerror", (error) => reader.complaints.push(String(error)));
    reader.page.on("request", (request) => reader.requests.push(request.url()));
    await reader.page.evaluateOnNewDocument(() => {
      addEventListener("securitypolicyviolation", (event) => console.error(`refused: ${event.violatedDirective}`));
    });
    return reader;
  }

  async open(path) {
    await this.page.goto(this.server.base + path);
  }

  /** Wait until *found* is true of *values*, in the page. */
  async until(found, ...values) {
    await this.page.waitForFunction(found, { polling: 50 }, ...values);
  }

  /** Wait until the first lab has answered everything. */
  async answered() {
    await this.until(() => {
      const lab = document.querySelector("trigpoint-lab");
      return lab?.dataset.state === "live" && !lab.hasAttribute("data-busy");
    });
  }

  async wake() {
    await this.page.locator("trigpoint-lab [data-edit]").click();
    await this.answered();
  }

  /** What the first lab holds. */
  lab() {
    return this.page.evaluate(() => {
      const lab = document.querySelector("trigpoint-lab");
      return {
        text: lab.querySelector("textarea[data-editor]").value,
        result: lab.querySelector(".tp-result").textContent,
        stale: lab.querySelector(".tp-result.tp-stale") !== null,
      };
    });
  }

  /** Put *text* in the place of all text, as pasting does. */
  async write(text) {
    await this.page.evaluate(() => {
      const editor = document.querySelector("trigpoint-lab .tp-editor");
      (editor.shadowRoot ?? editor).querySelector(".cm-content").focus();
    });
    await this.page.keyboard.down("Control");
    await this.page.keyboard.press("a");
    await this.page.keyboard.up("Control");
    await this.page.keyboard.type(text);
    await this.until((text) => document.querySelector("trigpoint-lab textarea[data-editor]").value === text, text);
    await this.answered();
  }

  /** What no page may do: speak in the console, or ask another site. */
  faults() {
    const inner = ["data:", "blob:", this.server.base];
    return [...this.complaints, ...this.requests.filter((url) => !inner.some((start) => url.startsWith(start)))];
  }

  async leave() {
    await this.context.close();
  }
}
