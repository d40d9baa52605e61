// The phone page: which phones are shown, and the stream of what happens on them.
import { onTick, setClock, startClock } from './clock.js';
import { attempt, call, el } from './dom.js';
import { Phone } from './phone.js';

const remembered = 'linli-sandbox-phones';
const state = { run: '', title: '', people: new Map(), menu: [], after: 0, moves: 0 };
const phones = new Map();  // openid -> Phone, in the order shown
const history = new Map();  // openid -> lines
const states = new Map();  // number of a line -> what became of it
const unread = new Map();  // openid -> how many
let active = '';  // on a narrow screen, the one that is shown

const phonesNode = document.getElementById('phones');
const tabsNode = document.getElementById('tabs');
const addNode = document.getElementById('add-person');
const narrow = window.matchMedia('(max-width: 760px)');

const isSeen = (openid) => phones.has(openid) && (!narrow.matches || active === openid);

function remember() {
  localStorage.setItem(remembered, JSON.stringify([...phones.keys()]));
}

function openPhone(openid) {
  const person = state.people.get(openid);
  if (!person || phones.has(openid)) return;
  const phone = new Phone(person, state.title, { close: () => closePhone(openid), seen: () => seen(openid) });
  phones.set(openid, phone);
  phone.setMenu(state.menu);
  for (const line of history.get(openid) ?? []) {
    phone.addLine(line);
    if (states.has(line.n)) phone.showState(line.n, states.get(line.n));
  }
  phone.tick();
  phonesNode.append(phone.node);
  phone.scrollDown();
}

function closePhone(openid) {
  phones.get(openid)?.node.remove();
  phones.delete(openid);
  if (active === openid) active = phones.keys().next().value ?? '';
  remember();
  draw();
}

function activate(openid) {
  active = openid;
  seen(openid);
  draw();
  phones.get(openid)?.scrollDown();
}

function seen(openid) {
  if (unread.delete(openid)) draw();
}

function badge(openid) {
  const count = unread.get(openid) ?? 0;
  return count === 0 ? null : el('span', { class: 'weui-badge', 'aria-label': `${count} 条未读` }, String(count));
}

function drawTabs() {
  tabsNode.replaceChildren(...[...phones].map(([openid, phone]) => el('button', {
    class: 'tab', type: 'button', role: 'tab', 'aria-selected': String(openid === active),
    'aria-controls': phone.node.id, onclick: () => activate(openid),
  }, phone.name, badge(openid))));
  for (const [openid, phone] of phones) phone.node.classList.toggle('active', openid === active);
}

function drawAdding() {
  const absent = [...state.people.values()].filter((person) => !phones.has(person.openid));
  const closed = absent.filter((person) => person.cast);
  const others = absent.filter((person) => !person.cast);
  const waiting = closed.reduce((sum, person) => sum + (unread.get(person.openid) ?? 0), 0);
  const label = (person) => {
    const count = unread.get(person.openid) ?? 0;
    return count === 0 ? person.name : `${person.name}（${count} 条新消息）`;
  };
  addNode.replaceChildren(
    el('option', { value: '' }, waiting === 0 ? '＋ 添加手机' : `＋ 添加手机（${waiting} 条新消息）`),
    el('option', { value: 'stranger' }, '新的陌生人'),
    ...closed.map((person) => el('option', { value: person.openid }, label(person))),
    el('optgroup', { label: '小区里的其他人' },
      ...others.map((person) => el('option', { value: person.openid }, label(person)))));
  addNode.classList.toggle('has-news', waiting > 0);
}

function draw() {
  drawTabs();
  drawAdding();
}

async function addPerson(choice) {
  if (choice === '') return;
  let openid = choice;
  if (choice === 'stranger') {
    openid = (await call('/phones', {})).openid;
    await refresh();
  }
  openPhone(openid);
  remember();
  activate(openid);
  phones.get(openid).node.scrollIntoView({ inline: 'end', block: 'nearest' });
}

/** People, menu and clock as they are now. */
async function refresh() {
  const answer = await call('/phones');
  if (state.run !== '' && answer.run !== state.run) return location.reload();
  Object.assign(state, { run: answer.run, title: answer.title, menu: answer.menu });
  state.people = new Map(answer.people.map((person) => [person.openid, person]));
  setClock(answer);
  for (const [openid, phone] of phones) {
    phone.setPerson(state.people.get(openid));
    phone.setMenu(state.menu);
  }
  return answer;
}

function take(event, old) {
  if (event.type === 'state') {
    states.set(event.about, event.state);
    for (const phone of phones.values()) phone.showState(event.about, event.state);
  }
  if (event.type !== 'line') return;
  const lines = history.get(event.openid) ?? [];
  lines.push(event);
  history.set(event.openid, lines);
  phones.get(event.openid)?.addLine(event);
  if (!old && event.from === 'account' && !isSeen(event.openid)) unread.set(event.openid, (unread.get(event.openid) ?? 0) + 1);
}

async function takeEvents(old) {
  const answer = await call(`/phones/events?after=${state.after}&moves=${state.moves}&run=${state.run}`);
  if (answer.run !== state.run) return location.reload();
  setClock(answer);
  for (const event of answer.events) take(event, old);
  state.after = answer.last;
  state.moves = answer.moves;
  if (answer.events.some((event) => event.type === 'phones')) await refresh();
  draw();
}

async function follow() {
  for (;;) {
    if (!await attempt(() => takeEvents(false))) await new Promise((resolve) => { setTimeout(resolve, 2000); });
  }
}

async function start() {
  const answer = await refresh();
  if (answer.last > 0) await takeEvents(true);
  const kept = JSON.parse(localStorage.getItem(remembered) ?? '[]').filter((openid) => state.people.has(openid));
  const first = answer.people.filter((person) => person.open_first > 0)
    .sort((a, b) => a.open_first - b.open_first).map((person) => person.openid);
  for (const openid of kept.length > 0 ? kept : first) openPhone(openid);
  active = phones.keys().next().value ?? '';
  addNode.addEventListener('change', () => {
    const choice = addNode.value;
    addNode.value = '';
    attempt(() => addPerson(choice));
  });
  narrow.addEventListener('change', () => seen(active));
  onTick(() => { for (const phone of phones.values()) phone.tick(); });
  startClock();
  draw();
  follow();
}

attempt(start);
