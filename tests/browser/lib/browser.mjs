// Chromium, its pages, and what they complain about. Pages are reused: starting one costs more than measuring a chart.

import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import puppeteer from 'puppeteer-core';

const PROGRAMS = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export async function launch() {
  const executablePath = PROGRAMS.find((p) => p && existsSync(p));
  if (!executablePath) throw new Error('no chromium found: apt-get install chromium, or name it in CHROMIUM');
  return puppeteer.launch({
    executablePath,
    headless: true,
    // What takes a minute has failed.
    protocolTimeout: 60_000,
    // Root in a container has no sandbox. Colours and letters are the same on any screen.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--force-color-profile=srgb', '--font-render-hinting=none', '--hide-scrollbars', '--disable-lcd-text'],
  });
}

/** A page that goes to files and remembers, for each, errors and requests that leave it. */
export class Visitor {
  static async open(browser) {
    const visitor = new Visitor();
    visitor.page = await browser.newPage();
    visitor.forget();
    await visitor.page.setRequestInterception(true);
    visitor.page.on('request', (request) => {
      const url = request.url();
      const own = url === visitor.url || url.startsWith(`${visitor.url}#`) || /^(data|blob|about):/.test(url);
      if (!own) visitor.requests.push(url);
      (own ? request.continue() : request.abort()).catch(() => {});
    });
    visitor.page.on('console', (message) => {
      // A request that was stopped above is counted there.
      if (message.type() === 'error' && !/ERR_FAILED|ERR_BLOCKED_BY_CLIENT/.test(message.text())) visitor.errors.push(message.text());
    });
    visitor.page.on('pageerror', (error) => visitor.errors.push(String(error?.message ?? error)));
    visitor.page.on('dialog', (dialog) => {
      visitor.errors.push(`a dialog opened: ${dialog.message()}`);
      dialog.dismiss().catch(() => {});
    });
    return visitor;
  }

  forget() {
    this.errors = [];
    this.requests = [];
  }

  async go(file) {
    this.forget();
    this.url = pathToFileURL(file).href;
    await this.page.goto(this.url, { waitUntil: 'load', timeout: 60_000 });
  }
}

/** Runs `work` over all items, `width` at a time; results in the order of the items. */
export async function inParallel(items, width, work) {
  const results = new Array(items.length);
  let next = 0;
  await Promise.all(Array.from({ length: width }, async (_, lane) => {
    while (next < items.length) {
      const i = next++;
      results[i] = await work(items[i], lane);
    }
  }));
  return results;
}
