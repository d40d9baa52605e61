// One phone: a chat with the account as WeChat shows it.
import { lineOf, showState, timeLine } from './bubbles.js';
import { clockText, momentText, now } from './clock.js';
import { attempt, call, el, icon } from './dom.js';
import { gridOf, scanForm, voiceForm } from './panels.js';

const pauseBetweenTimes = 5 * 60;

export class Phone {
  /** `on`: {close(), seen()} */
  constructor(person, title, on) {
    this.openid = person.openid;
    this.name = person.name;
    this.on = on;
    this.lastTime = 0;
    this.rows = new Map();
    this.build(title);
    this.setPerson(person);
  }

  build(title) {
    this.statusTime = el('span', { class: 'status-time' });
    this.log = el('div', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-label': `${this.name}的聊天`, tabindex: '0' });
    this.input = el('textarea', { class: 'input', rows: '1', 'aria-label': `${this.name}发消息`, enterkeyhint: 'send', autocomplete: 'off' });
    this.sendButton = el('button', { class: 'send', type: 'submit', hidden: true }, '发送');
    this.plusButton = this.iconButton('plus', '更多', () => this.togglePanel());
    this.form = el('form', { class: 'input-bar' },
      this.iconButton('mic', '语音', () => this.showPanel(voiceForm(this))),
      this.input, this.plusButton, this.sendButton);
    this.panel = el('div', { class: 'panel', hidden: true });
    this.menuBar = el('nav', { class: 'menu-bar', 'aria-label': '公众号菜单', hidden: true });
    this.welcome = el('div', { class: 'welcome', hidden: true },
      el('img', { class: 'avatar large', src: '/favicon.svg', alt: '' }), el('strong', {}, title),
      el('span', {}, '还没有关注这个公众号'),
      el('button', { class: 'weui-btn weui-btn_primary', type: 'button', onclick: () => this.send({ kind: 'follow' }) }, '关注公众号'),
      el('button', { class: 'weui-btn weui-btn_default', type: 'button', onclick: () => this.showPanel(scanForm(this)) }, '扫码关注'));
    this.node = el('section', { class: 'phone', id: `phone-${this.openid}`, 'data-name': this.name, 'aria-label': `${this.name}的手机` },
      el('div', { class: 'owner' }, el('h2', {}, this.name),
        this.iconButton('close', `收起${this.name}的手机`, () => this.on.close())),
      el('div', { class: 'screen' },
        el('div', { class: 'status' }, this.statusTime, el('span', { class: 'battery', 'aria-hidden': 'true' })),
        el('div', { class: 'title' }, icon('back'), el('span', {}, title), icon('more')),
        this.log, this.welcome,
        el('div', { class: 'bottom' }, this.form, this.menuBar, this.panel)));
    this.listen();
  }

  iconButton(name, label, onclick) {
    return el('button', { class: 'icon-button', type: 'button', 'aria-label': label, title: label, onclick }, icon(name));
  }

  listen() {
    this.showGrid = () => this.showPanel(gridOf(this));
    this.closePanel = () => { this.panel.hidden = true; };
    this.form.addEventListener('submit', (event) => { event.preventDefault(); this.sendText(); });
    this.input.addEventListener('input', () => this.fitInput());
    this.input.addEventListener('focus', () => { this.closePanel(); this.closeMenus(); });
    this.input.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.sendText();
    });
    this.node.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') { this.closePanel(); this.closeMenus(); }
    });
    this.log.addEventListener('click', () => { this.closePanel(); this.closeMenus(); });
    this.node.addEventListener('focusin', () => this.on.seen());
  }

  fitInput() {
    this.sendButton.hidden = this.input.value.trim() === '';
    this.plusButton.hidden = !this.sendButton.hidden;
    this.input.style.height = 'auto';
    this.input.style.height = `${Math.min(this.input.scrollHeight, 96)}px`;
  }

  async sendText() {
    const text = this.input.value.trim();
    if (text === '') return;
    this.input.value = '';
    this.fitInput();
    if (await this.send({ kind: 'text', text })) return;
    this.input.value = text;
    this.fitInput();
  }

  send(action) {
    return attempt(() => call(`/phones/${this.openid}/send`, action));
  }

  showPanel(content) {
    this.closeMenus();
    this.panel.replaceChildren(content);
    this.panel.hidden = false;
    this.scrollDown();
  }

  togglePanel() {
    if (this.panel.hidden) this.showGrid();
    else this.closePanel();
  }

  setPerson(person) {
    const newcomer = !person.following;
    this.welcome.hidden = !newcomer;
    this.form.hidden = newcomer;
    this.node.classList.toggle('newcomer', newcomer);
    this.menuBar.classList.toggle('off', newcomer);
    if (!newcomer && this.panel.querySelector('[aria-label="扫一扫"]')) this.closePanel();
  }

  setMenu(menu) {
    this.menuBar.hidden = menu.length === 0;
    this.menuBar.replaceChildren(...menu.map((button) => this.menuButton(button)));
  }

  menuButton(button) {
    if (button.sub_button.length === 0) {
      return el('div', { class: 'menu-item' }, el('button', { type: 'button', onclick: () => this.tapMenu(button) }, button.name));
    }
    const list = el('div', { class: 'menu-list', role: 'menu', hidden: true },
      ...button.sub_button.map((below) => el('button', { type: 'button', role: 'menuitem', onclick: () => this.tapMenu(below) }, below.name)));
    const toggle = el('button', { type: 'button', 'aria-haspopup': 'menu', 'aria-expanded': 'false', onclick: () => {
      const opening = list.hidden;
      this.closeMenus();
      this.closePanel();
      list.hidden = !opening;
      toggle.setAttribute('aria-expanded', String(opening));
    } }, icon('list'), button.name);
    return el('div', { class: 'menu-item' }, list, toggle);
  }

  closeMenus() {
    for (const list of this.menuBar.querySelectorAll('.menu-list')) list.hidden = true;
    for (const toggle of this.menuBar.querySelectorAll('[aria-expanded]')) toggle.setAttribute('aria-expanded', 'false');
  }

  tapMenu(button) {
    this.closeMenus();
    if (button.type === 'scancode_push' || button.type === 'scancode_waitmsg') return this.showPanel(scanForm(this));
    if (button.type === 'view') {
      if (/^https?:/.test(button.url)) window.open(button.url, '_blank', 'noopener');
      return this.send({ kind: 'view', url: button.url });
    }
    return this.send({ kind: 'click', key: button.key });
  }

  addLine(line) {
    if (line.at - this.lastTime >= pauseBetweenTimes) {
      const time = timeLine(momentText(line.at));
      time.dataset.at = line.at;
      this.log.append(time);
    }
    this.lastTime = line.at;
    const row = lineOf(line, this.name, (action) => this.send(action));
    this.rows.set(line.n, row);
    this.log.append(row);
    this.scrollDown();
  }

  showState(about, state) {
    const row = this.rows.get(about);
    if (row) showState(row, state);
  }

  scrollDown() {
    this.log.scrollTop = this.log.scrollHeight;
    for (const image of this.log.querySelectorAll('img')) {
      if (!image.complete) image.addEventListener('load', () => { this.log.scrollTop = this.log.scrollHeight; }, { once: true });
    }
  }

  tick() {
    this.statusTime.textContent = clockText(now());
    for (const time of this.log.querySelectorAll('.time-line')) {
      const text = momentText(Number(time.dataset.at));
      if (time.textContent !== text) time.textContent = text;
    }
  }
}
