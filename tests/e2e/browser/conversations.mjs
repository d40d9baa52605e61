// The conversations that must work, carried out in the phone page in headless Chromium, each with a bot of its own.
// node conversations.mjs <linli> <folder for screenshots> <file.chat>...
import { existsSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { Actors } from './actors.mjs';
import { startSandbox } from './sandbox_process.mjs';
import { readTranscript } from './transcript.mjs';

const sourceDir = fileURLToPath(new URL('../../..', import.meta.url));
const [linli, screenshots, ...files] = process.argv.slice(2);
const desktop = { width: 1440, height: 900 };
const hand = { width: 390, height: 844 };

function launch() {
  const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const executablePath = places.find((place) => existsSync(place));
  if (!executablePath) throw new Error('Chromium is missing: apt-get install chromium');
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
}

async function carryOut(browser, file) {
  const name = basename(file, '.chat');
  const sandbox = await startSandbox(linli, sourceDir);
  const page = await browser.newPage({ viewport: desktop, locale: 'zh-CN' });
  const faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
  try {
    await page.goto(sandbox.url);
    await page.locator('.phone').first().waitFor();
    const actors = new Actors(page);
    for (const step of readTranscript(file)) {
      await actors.perform(step).catch((error) => { throw new Error(`${step.where}: ${error.message}`); });
    }
    const phones = await page.locator('.phone').count();
    await page.setViewportSize({ ...desktop, width: Math.max(desktop.width, 48 + phones * 340) });
    await page.screenshot({ path: join(screenshots, `${name}.png`) });
    await page.setViewportSize(hand);
    await page.screenshot({ path: join(screenshots, `${name}_narrow.png`) });
    if (faults.length > 0) throw new Error(`the page complained: ${faults.join('; ')}`);
  } catch (error) {
    await page.screenshot({ path: join(screenshots, `${name}_failed.png`) });
    throw error;
  } finally {
    await page.close();
    await sandbox.stop();
  }
}

if (files.length === 0) throw new Error('usage: node conversations.mjs <linli> <folder for screenshots> <file.chat>...');
mkdirSync(screenshots, { recursive: true });
const browser = await launch();
let failed = 0;
for (const file of files) {
  try {
    await carryOut(browser, file);
    console.log(`ok      ${file}`);
  } catch (error) {
    ++failed;
    console.log(`FAILED  ${error.message}`);
  }
}
await browser.close();
process.exitCode = failed === 0 ? 0 : 1;
