// The bulletin's page, in Debian's Chromium: drawn without a fault, nothing wider than the screen, the same figures in
// tables and charts; screenshots on desk, phone and paper are left in the build folder.
// usage: bulletin_page.mjs LINLI SCREENSHOTS
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, desktop, hand } from './browser.mjs';

const [linli, screenshots] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'linli-bulletin-'));
const run = (...args) => execFileSync(linli, args, { encoding: 'utf8' });
const expect = (held, what) => {
  if (!held) throw new Error(what);
  console.log(`ok   ${what}`);
};

const browser = await launch();
try {
  mkdirSync(screenshots, { recursive: true });
  run('simulate', '--days', '7', '--residents', '60', '--seed', '5', '--data', join(folder, 'data'));
  run('bulletin', '--data', join(folder, 'data'), '--week', '2026-W10', '--out', folder);
  const written = JSON.parse(readFileSync(join(folder, '2026-W10.json'), 'utf8'));
  const top = written.bulletin.areas[0];
  for (const [name, viewport] of [['desk', desktop], ['phone', hand]]) {
    const page = await browser.newPage({ viewport, locale: 'zh-CN' });
    const faults = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
    page.on('request', (request) => { if (!request.url().startsWith('file:')) faults.push(`asked for ${request.url()}`); });
    await page.goto(`file://${join(folder, '2026-W10.html')}`);
    await page.locator('#overdue svg').waitFor();
    expect(faults.length === 0, `${name}: no fault and nothing from elsewhere ${faults.join('; ')}`);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width <= viewport.width, `${name}: ${width} pixels are not wider than ${viewport.width}`);
    const drawn = await page.locator('#rates svg, #help svg, #overdue svg').count();
    expect(drawn === 3, `${name}: three charts are drawn`);
    const row = await page.locator('section.part', { hasText: '办好' }).locator('tbody tr').first().innerText();
    expect(row.split(/\s+/).includes(String(top.values.help_opened)), `${name}: the table says ${top.values.help_opened} requests`);
    await page.screenshot({ path: join(screenshots, `bulletin-${name}.png`), fullPage: true });
    if (name === 'desk') {
      await page.emulateMedia({ media: 'print' });
      await page.pdf({ path: join(screenshots, 'bulletin.pdf'), preferCSSPageSize: true });
      await page.screenshot({ path: join(screenshots, 'bulletin-print.png'), fullPage: true });
    }
    await page.close();
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
