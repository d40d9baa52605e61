// What the phone page itself promises, whatever the bot says: every way of sending, menu, following, clock, unread
// marks, a narrow screen, and text that is never markup.
// node phone_page.mjs <linli> <folder for screenshots>
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Actors } from './actors.mjs';
import { hand, launch, openPage } from './browser.mjs';
import { startSandbox } from './sandbox_process.mjs';

const sourceDir = fileURLToPath(new URL('../../..', import.meta.url));
const [linli, screenshots] = process.argv.slice(2);
const patience = { timeout: 30_000 };

async function answered(actors, name, action) {
  const rows = actors.phone(name).locator('.row[data-from="account"]');
  const before = await rows.count();
  await action();
  await rows.nth(before).waitFor(patience);
}

const checks = {
  async 'shows the usual four phones at first'({ page }) {
    const names = await page.locator('.phone').evaluateAll((phones) => phones.map((phone) => phone.dataset.name));
    assert.deepEqual(names, ['居民甲', '网格长', '志愿者甲', '社区值班']);
  },

  async 'sends with Enter, breaks the line with Shift and Enter'({ page, actors }) {
    const input = actors.phone('居民甲').getByLabel('居民甲发消息');
    await answered(actors, '居民甲', async () => {
      await input.fill('第一行');
      await input.press('Shift+Enter');
      await input.pressSequentially('第二行');
      await input.press('Enter');
    });
    const mine = page.locator('.phone[data-name="居民甲"] .row[data-from="person"] .bubble').last();
    assert.equal(await mine.innerText(), '第一行\n第二行');
    assert.equal(await input.inputValue(), '');
  },

  async 'shows markup as text'({ page, actors }) {
    const text = '<img src=x onerror=alert(1)> {{x}} ]]> <b>粗</b>';
    await answered(actors, '居民甲', () => actors.say('居民甲', text));
    const mine = page.locator('.phone[data-name="居民甲"] .row[data-from="person"] .bubble').last();
    assert.equal(await mine.innerText(), text);
    assert.equal(await page.locator('.bubble img, .bubble b').count(), 0);
  },

  async 'sends voice, photo, place and a forwarded link, and each is answered'({ actors }) {
    for (const action of ['[voice 我有点头疼]', '[image]', '[location 37.87,112.48]']) {
      await answered(actors, '居民甲', () => actors.say('居民甲', action));
    }
    const phone = actors.phone('居民甲');
    await answered(actors, '居民甲', async () => {
      await phone.getByRole('button', { name: '更多', exact: true }).first().click();
      await phone.getByText('转发链接').click();
      await phone.getByLabel('标题').fill('听说明天停水三天');
      await phone.getByRole('button', { name: '发送' }).click();
    });
    assert.equal(await phone.locator('.voice').count(), 1);
    assert.equal(await phone.locator('.map').count(), 1);
    assert.equal(await phone.locator('.picture img').evaluate((image) => image.naturalWidth > 0), true);
  },

  async 'taps the menu that the bot made, and Escape closes it'({ page, actors }) {
    const phone = actors.phone('居民甲');
    const withList = phone.locator('.menu-bar [aria-expanded]').first();
    await withList.waitFor(patience);
    await withList.click();
    assert.equal(await withList.getAttribute('aria-expanded'), 'true');
    await page.keyboard.press('Escape');
    assert.equal(await withList.getAttribute('aria-expanded'), 'false');
    await answered(actors, '居民甲', async () => {
      await withList.click();
      await phone.getByRole('menuitem').first().click();
    });
  },

  async 'a stranger follows, is greeted, leaves, and comes back by a code'({ actors }) {
    const name = '陌生人甲';
    await answered(actors, name, () => actors.open(name));
    const phone = actors.phone(name);
    await phone.getByRole('button', { name: '更多', exact: true }).first().click();
    await phone.getByText('取消关注').click();
    await phone.getByRole('button', { name: '扫码关注' }).click();
    await phone.getByLabel('场景值').fill('gate-north');
    await answered(actors, name, () => phone.locator('.panel').getByRole('button', { name: '发送' }).click());
    await phone.getByLabel(`${name}发消息`).waitFor(patience);
  },

  async 'moves the clock, and shows it on every phone'({ page, actors }) {
    const before = await actors.minuteOfDay();
    await actors.press('+1 小时', 1);
    assert.equal(Math.abs((await actors.minuteOfDay() - before + 1440) % 1440 - 60) <= 1, true);
    await actors.press('到 06:00', 1);
    assert.equal(await actors.minuteOfDay(), 360);
    assert.equal(await page.locator('.phone .status-time').first().innerText(), '06:00');
    await actors.press('快进 60×', 1);
    await page.waitForFunction(() => !document.getElementById('clock-now').textContent.includes(' 06:00:'), null, patience);
    await actors.press('快进 60×', 1);
    assert.equal(await page.locator('#fast').getAttribute('aria-pressed'), 'false');
  },

  async 'closes a phone, counts what it misses, and shows it when it is back'({ page, actors }) {
    await page.getByRole('button', { name: '收起居民甲的手机' }).click();
    const { people } = await page.evaluate(async () => (await fetch('/phones')).json());
    const { openid } = people.find((person) => person.name === '居民甲');
    await page.evaluate(async (path) => fetch(path, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ kind: 'text', text: '帮助' }),
    }), `/phones/${openid}/send`);
    await page.locator('#add-person option', { hasText: /居民甲（\d+ 条新消息）/ }).waitFor({ state: 'attached', ...patience });
    await actors.open('居民甲');
    await actors.phone('居民甲').getByText('帮助', { exact: true }).first().waitFor(patience);
  },

  async 'remembers its phones and chats over a reload'({ page }) {
    const names = () => page.locator('.phone').evaluateAll((phones) => phones.map((phone) => phone.dataset.name));
    const before = await names();
    const lines = await page.locator('.row').count();
    await page.reload();
    await page.locator('.phone').first().waitFor();
    assert.deepEqual(await names(), before);
    assert.equal(await page.locator('.row').count(), lines);
  },

  async 'is one phone with tabs on a narrow screen, and nothing sticks out'({ page }) {
    await page.setViewportSize(hand);
    await page.getByRole('tab', { name: '网格长' }).click();
    assert.equal(await page.locator('.phone:visible').count(), 1);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wider, 0);
    await page.screenshot({ path: join(screenshots, 'phone_page_narrow.png') });
  },
};

mkdirSync(screenshots, { recursive: true });
const sandbox = await startSandbox(linli, sourceDir, '2026-03-02 08:00');
const browser = await launch();
const { page, faults } = await openPage(browser, sandbox.url);
const actors = new Actors(page);
let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  try {
    await check({ page, actors });
    console.log(`ok      ${name}`);
  } catch (error) {
    ++failed;
    console.log(`FAILED  ${name}: ${error.message}`);
    await page.screenshot({ path: join(screenshots, `phone_page_failed_${failed}.png`) });
  }
}
await browser.close();
await sandbox.stop();
if (faults.length > 0) console.log(`FAILED  the page complained: ${faults.join('; ')}`);
process.exitCode = failed + faults.length === 0 ? 0 : 1;
