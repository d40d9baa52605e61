// Carries out the steps of a conversation on the phone page as people would: taps, types, reads bubbles. Nothing is
// sent behind the page's back.
import { matches } from './transcript.mjs';

const patience = 30_000;
const quiet = 2_000;  // so long nothing may come where nothing is expected

export class Actors {
  constructor(page) {
    this.page = page;
    this.read = new Map();  // name -> how many of the account's lines were taken
  }

  phone(name) {
    return this.page.locator(`.phone[data-name="${name}"]`);
  }

  /** The phone of that person, added to the page as a user adds it; a stranger follows the account first. */
  async open(name) {
    const phone = this.phone(name);
    if (await phone.count() > 0) return phone;
    const add = this.page.getByLabel('添加一部手机');
    if (!name.startsWith('陌生人')) {
      const value = await add.locator('option').evaluateAll((options, wanted) => options
        .find((option) => option.textContent.replace(/（.*）$/, '') === wanted)?.value, name);
      if (!value) throw new Error(`nobody in the sample community is called ${name}`);
      await add.selectOption(value);
    } else {
      await add.selectOption('stranger');
      await phone.getByRole('button', { name: '关注公众号' }).click();
      await phone.getByLabel(`${name}发消息`).waitFor();
    }
    await phone.waitFor();
    return phone;
  }

  async say(name, text) {
    const phone = await this.open(name);
    const special = text.match(/^\[(\w+) ?(.*)\]$/);
    if (special) return this.doSpecial(name, phone, special[1], special[2]);
    const sent = phone.locator('[data-from="person"]');
    const before = await sent.count();
    const input = phone.getByLabel(`${name}发消息`);
    await input.fill(text);
    await input.press('Enter');
    return sent.nth(before).waitFor({ timeout: patience });
  }

  async doSpecial(name, phone, kind, value) {
    if (kind === 'click') return this.tapMenu(phone, value);
    if (kind === 'subscribe') return this.open(name);
    const panels = { voice: '语音', location: '位置', image: '照片', scan: '扫一扫' };
    if (!(kind in panels)) throw new Error(`the page has nothing for [${kind}]`);
    await phone.getByRole('button', { name: '更多', exact: true }).first().click();
    await phone.getByRole('group', { name: '更多' }).getByText(panels[kind], { exact: true }).click();
    if (kind === 'image') return phone.getByRole('button', { name: '示例照片' }).click();
    if (kind === 'voice') await phone.getByLabel('说的话').fill(value || '（说了一段话）');
    if (kind === 'scan') await phone.getByLabel('场景值').fill(value);
    if (kind === 'location') {
      const [latitude, longitude] = value.split(',');
      await phone.getByLabel('纬度').fill(latitude);
      await phone.getByLabel('经度').fill(longitude);
    }
    return phone.locator('.panel').getByRole('button', { name: '发送' }).click();
  }

  async tapMenu(phone, key) {
    const menu = await this.page.evaluate(async () => (await (await fetch('/phones')).json()).menu);
    for (const button of menu) {
      const below = button.sub_button.find((sub) => sub.key === key);
      if (button.key !== key && !below) continue;
      await phone.locator('.menu-bar').getByRole('button', { name: button.name }).click();
      if (below) await phone.getByRole('menuitem', { name: below.name }).click();
      return;
    }
    throw new Error(`no entry of the menu has the key ${key}`);
  }

  async heard(name) {
    await this.open(name);
    return this.phone(name).locator('.row[data-from="account"]').allInnerTexts();
  }

  /** Takes what this person has not read yet, up to the first that matches. */
  async hears(name, glob) {
    const end = Date.now() + patience;
    for (;;) {
      const texts = await this.heard(name);
      const from = this.read.get(name) ?? 0;
      const found = texts.findIndex((text, index) => index >= from && matches(glob, text));
      if (found >= 0) {
        this.read.set(name, found + 1);
        return;
      }
      if (Date.now() > end) throw new Error(`${name} did not get '${glob}', but:\n${texts.slice(from).join('\n---\n') || '(nothing)'}`);
      await this.page.waitForTimeout(50);
    }
  }

  async hearsNothing(name) {
    await this.page.waitForTimeout(quiet);
    const texts = (await this.heard(name)).slice(this.read.get(name) ?? 0);
    if (texts.length > 0) throw new Error(`${name} should have got nothing, but got:\n${texts.join('\n---\n')}`);
  }

  async minuteOfDay() {
    const shown = await this.page.locator('#clock-now').innerText();
    const [, hour, minute] = shown.match(/(\d{2}):(\d{2}):\d{2}$/);
    return Number(hour) * 60 + Number(minute);
  }

  async press(label, times) {
    for (let i = 0; i < times; ++i) {
      const moved = this.page.waitForResponse((response) => response.url().endsWith('/clock'));
      await this.page.getByRole('button', { name: label, exact: true }).click();
      await moved;
      await this.page.locator('#clock-now:not([aria-busy="true"])').waitFor({ timeout: patience });  // far ahead goes in steps
    }
  }

  /** With the page's buttons, so whole minutes: what is due by then happens. */
  async moveClock(minutes) {
    const steps = [['+1 小时', 60], ['+30 分', 30], ['+5 分', 5], ['+1 分', 1]];
    let left = minutes;
    for (const [label, worth] of steps) {
      await this.press(label, Math.floor(left / worth));
      left %= worth;
    }
  }

  async perform(step) {
    switch (step.do) {
      case 'later': return this.moveClock(Math.ceil(step.seconds / 60));
      case 'say': return this.say(step.name, step.text);
      case 'hears': return this.hears(step.name, step.glob);
      default: return this.hearsNothing(step.name);
    }
  }
}
