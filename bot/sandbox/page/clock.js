// The bot's clock: shown, and moved. Between two answers of the sandbox it ticks here.
import { attempt, call } from './dom.js';

const shown = { now: 0, since: 0, fast: false, moving: false, zone: 'Asia/Shanghai' };
const listeners = [];
const timesAsFast = 60;
const step = 5 * 60;  // seconds
const pause = 60;  // milliseconds between two steps

export function onTick(listener) { listeners.push(listener); }

/** Seconds since 1970 by the bot's clock. */
export function now() {
  const passed = (performance.now() - shown.since) / 1000;
  return shown.now + Math.floor(shown.fast ? passed * timesAsFast : passed);
}

export function setClock({ now: at, fast, time_zone: zone }) {
  shown.now = at;
  shown.since = performance.now();
  if (zone) shown.zone = zone;
  if (fast !== undefined) shown.fast = fast;
  document.getElementById('fast').setAttribute('aria-pressed', String(shown.fast));
  draw();
}

/** {year, month, day, weekday, hour, minute, second} in the district's zone. */
export function localParts(at) {
  const format = new Intl.DateTimeFormat('zh-CN', {
    timeZone: shown.zone, year: 'numeric', month: 'numeric', day: 'numeric', weekday: 'short',
    hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
  });
  return Object.fromEntries(format.formatToParts(new Date(at * 1000)).map(({ type, value }) => [type, value]));
}

export function clockText(at) {
  const { hour, minute } = localParts(at);
  return `${hour}:${minute}`;
}

/** As WeChat writes it over a group of messages: 23:40, 昨天 23:40, 3月2日 23:40. */
export function momentText(at) {
  const day = (parts) => `${parts.year}-${parts.month}-${parts.day}`;
  const then = localParts(at);
  const time = `${then.hour}:${then.minute}`;
  if (day(then) === day(localParts(now()))) return time;
  if (day(then) === day(localParts(now() - 86400))) return `昨天 ${time}`;
  return `${then.month}月${then.day}日 ${time}`;
}

function draw() {
  const p = localParts(now());
  document.getElementById('clock-now').textContent =
    `${p.month}月${p.day}日 ${p.weekday} ${p.hour}:${p.minute}:${p.second}`;
  for (const listener of listeners) listener();
}

function secondsUntil(clock) {
  const [hour, minute] = clock.split(':').map(Number);
  const p = localParts(now());
  const passed = Number(p.hour) * 3600 + Number(p.minute) * 60 + Number(p.second);
  const left = hour * 3600 + minute * 60 - passed;
  return left > 0 ? left : left + 86400;
}

async function move(body) {
  await attempt(async () => setClock(await call('/clock', body)));
}

/** Far ahead in small steps, so that what falls due on the way happens at its own time and not all at the end. */
async function advance(seconds) {
  if (shown.moving) return;
  shown.moving = true;
  setButtons(false);
  await attempt(async () => {
    for (let left = seconds; left > 0; left -= step) {
      setClock(await call('/clock', { advance_seconds: Math.min(step, left) }));
      if (left > step) await new Promise((resolve) => { setTimeout(resolve, pause); });
    }
  });
  shown.moving = false;
  setButtons(true);
}

function setButtons(usable) {
  document.getElementById('clock-now').setAttribute('aria-busy', String(!usable));
  for (const button of document.querySelectorAll('.clock-buttons button')) button.disabled = !usable;
}

export function startClock() {
  for (const button of document.querySelectorAll('[data-advance]')) {
    button.addEventListener('click', () => advance(Number(button.dataset.advance)));
  }
  for (const button of document.querySelectorAll('[data-until]')) {
    button.addEventListener('click', () => advance(secondsUntil(button.dataset.until)));
  }
  document.getElementById('fast').addEventListener('click', () => move({ fast: !shown.fast }));
  setInterval(draw, 1000);
}
