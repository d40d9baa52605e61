// One line of a chat as WeChat draws it.
import { el, icon } from './dom.js';

const avatarColours = 8;

export function avatar(name) {
  const numbered = /[甲乙丙丁戊己庚辛壬癸]\d*$/.test(name);
  const letter = numbered ? name.match(/[甲乙丙丁戊己庚辛壬癸]/g).at(-1) : name[0];
  const colour = [...name].reduce((sum, character) => sum * 31 + character.codePointAt(0), 7) % avatarColours;
  return el('span', { class: `avatar colour-${colour}`, 'aria-hidden': 'true' }, letter);
}

function accountAvatar() {
  return el('img', { class: 'avatar', src: '/favicon.svg', alt: '' });
}

const linkPattern = /<a\s+href="([^"]+)"[^>]*>([^<]*)<\/a>|(https?:\/\/[^\s<>"'，。；！？）】]+)/g;

/** A tap on an entry of a message's own menu is sent as that entry; other links open beside the page. */
function linkOf(href, label, tap) {
  if (href.startsWith('weixin://bizmsgmenu')) {
    const values = new URLSearchParams(href.slice(href.indexOf('?') + 1));
    const entry = { kind: 'menu_entry', text: values.get('msgmenucontent') ?? '', key: values.get('msgmenuid') ?? '' };
    return el('button', { class: 'text-link', type: 'button', onclick: () => tap(entry) }, label);
  }
  if (!/^(https?:\/\/|tel:)/.test(href)) return document.createTextNode(label);
  return el('a', { class: 'text-link', href, target: '_blank', rel: 'noopener noreferrer' }, label);
}

function richText(text, tap) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(linkPattern)) {
    nodes.push(text.slice(end, match.index), linkOf(match[1] ?? match[3], match[2] ?? match[3], tap));
    end = match.index + match[0].length;
  }
  nodes.push(text.slice(end));
  return nodes;
}

const voiceSeconds = (line) => Math.min(60, Math.max(1, Math.round([...line.text].length / 4)));

const bodies = {
  text: (line, tap) => el('div', { class: 'bubble' }, ...(line.from === 'account' ? richText(line.text, tap) : [line.text])),
  image: (line) => el('a', { class: 'picture', href: line.media, target: '_blank', rel: 'noopener' },
    el('img', { src: line.media, alt: '照片' })),
  voice: (line) => {
    const length = voiceSeconds(line);
    const bubble = el('div', { class: 'bubble voice', 'aria-label': `语音 ${length} 秒` },
      el('span', {}, `${length}″`), icon('waves'));
    bubble.style.width = `${5 + length * 0.12}em`;
    const said = line.text ? el('div', { class: 'said' }, `说的是：${line.text}`) : null;
    return el('div', { class: 'stack' }, bubble, said);
  },
  location: (line) => el('div', { class: 'card place' },
    el('div', { class: 'place-text' }, el('strong', {}, line.text),
      el('small', {}, `${line.latitude.toFixed(5)}, ${line.longitude.toFixed(5)}`)),
    el('div', { class: 'map' }, icon('pin'))),
  link: (line) => el('a', { class: 'card link', href: /^https?:/.test(line.url) ? line.url : undefined, target: '_blank',
    rel: 'noopener noreferrer' }, el('strong', {}, line.title), el('span', {}, line.text || line.url)),
  news: (line) => el('div', { class: 'card news' }, ...line.articles.map((article) => el('a',
    { href: /^https?:/.test(article.url) ? article.url : undefined, target: '_blank', rel: 'noopener noreferrer' },
    el('strong', {}, article.title), el('span', {}, article.description)))),
  template: (line) => el('div', { class: 'card notice-card' },
    el('div', { class: 'notice-title' }, line.title),
    el('dl', {}, ...line.fields.flatMap(([label, value]) => [el('dt', {}, label), el('dd', {}, value)])),
    line.url ? el('a', { class: 'notice-more', href: /^https?:/.test(line.url) ? line.url : undefined,
      target: '_blank', rel: 'noopener noreferrer' }, '查看详情', icon('back')) : null),
};

export function timeLine(text) {
  return el('div', { class: 'time-line' }, text);
}

/** `tap(action)` is called for an entry of a menu inside a message. */
export function lineOf(line, name, tap) {
  if (line.from === 'platform') return el('div', { class: 'grey-line', 'data-kind': 'notice' }, line.text);
  const body = (bodies[line.kind] ?? bodies.text)(line, tap);
  if (line.kind === 'template') return el('div', { class: 'row wide', 'data-from': 'account' }, body);
  const mine = line.from === 'person';
  const row = el('div', { class: `row ${mine ? 'mine' : 'theirs'}`, 'data-from': line.from, 'data-kind': line.kind },
    mine ? null : accountAvatar(), body, mine ? avatar(name) : null);
  if (mine) body.before(el('span', { class: 'sending', hidden: true }));
  return row;
}

const stateTexts = { retrying: '没有回应，重试中', failed: '!' };

/** What became of a message that the person sent. */
export function showState(row, state) {
  const mark = row.querySelector('.sending');
  if (!mark) return;
  mark.hidden = state === 'answered';
  mark.dataset.state = state;
  mark.textContent = stateTexts[state] ?? '';
}
