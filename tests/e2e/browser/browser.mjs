// Debian's Chromium, headless, and a page that reports what goes wrong in it.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

export const desktop = { width: 1440, height: 900 };
export const hand = { width: 390, height: 844 };

export function launch() {
  const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const executablePath = places.find((place) => existsSync(place));
  if (!executablePath) throw new Error('Chromium is missing: apt-get install chromium');
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
}

/** A page on the phones; `faults` fills with what its console complains about. */
export async function openPage(browser, url) {
  const page = await browser.newPage({ viewport: desktop, locale: 'zh-CN' });
  const faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
  await page.goto(url);
  await page.locator('.phone').first().waitFor();
  return { page, faults };
}
