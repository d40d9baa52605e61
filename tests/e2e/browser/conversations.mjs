// The conversations that must work, carried out in the phone page, each with a bot of its own.
// node conversations.mjs <linli> <folder for screenshots> <file.chat>...
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Actors } from './actors.mjs';
import { desktop, hand, launch, openPage } from './browser.mjs';
import { startSandbox } from './sandbox_process.mjs';
import { readTranscript } from './transcript.mjs';

const sourceDir = fileURLToPath(new URL('../../..', import.meta.url));
const [linli, screenshots, ...files] = process.argv.slice(2);

/** All phones in one picture, then one as on a phone's own screen. */
async function photograph(page, name) {
  const phones = await page.locator('.phone').count();
  await page.setViewportSize({ ...desktop, width: Math.max(desktop.width, 48 + phones * 345) });
  await page.screenshot({ path: join(screenshots, `${name}.png`) });
  await page.setViewportSize(hand);
  await page.screenshot({ path: join(screenshots, `${name}_narrow.png`) });
}

async function carryOut(browser, file) {
  const name = basename(file, '.chat');
  const { at, steps } = readTranscript(file);
  const sandbox = await startSandbox(linli, sourceDir, at);
  const { page, faults } = await openPage(browser, sandbox.url);
  try {
    const actors = new Actors(page);
    for (const step of steps) {
      await actors.perform(step).catch((error) => { throw new Error(`${step.where}: ${error.message}`); });
    }
    await photograph(page, name);
    if (faults.length > 0) throw new Error(`${file}: the page complained: ${faults.join('; ')}`);
  } catch (error) {
    await photograph(page, `${name}_failed`);
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
