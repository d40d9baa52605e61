// What '+' opens under the input bar: other things than text that a person can send.
import { attempt, call, el, icon } from './dom.js';

function field(label, attributes) {
  const input = el('input', { class: 'weui-input', autocomplete: 'off', ...attributes });
  const row = el('label', { class: 'weui-cell' }, el('span', { class: 'weui-cell__hd weui-label' }, label),
    el('span', { class: 'weui-cell__bd' }, input));
  return { row, input };
}

/** A form of a few fields with 返回 and 发送; `read` turns the inputs into what is sent. */
function formOf(phone, title, fields, note, read) {
  const rows = fields.map(([label, attributes]) => field(label, attributes));
  const form = el('form', { class: 'panel-form', 'aria-label': title },
    el('div', { class: 'panel-title' }, title),
    el('div', { class: 'weui-cells weui-cells_form' }, ...rows.map(({ row }) => row)),
    note ? el('p', { class: 'panel-note' }, note) : null,
    el('div', { class: 'panel-buttons' },
      el('button', { class: 'weui-btn weui-btn_default weui-btn_mini', type: 'button', onclick: phone.showGrid }, '返回'),
      el('button', { class: 'weui-btn weui-btn_primary weui-btn_mini', type: 'submit' }, '发送')));
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (await phone.send(read(rows.map(({ input }) => input.value.trim())))) phone.closePanel();
  });
  queueMicrotask(() => rows[0].input.focus({ preventScroll: true }));
  return form;
}

export const placeForm = (phone) => formOf(phone, '发送位置', [
  ['纬度', { type: 'number', step: 'any', min: -90, max: 90, required: true, value: '37.870000' }],
  ['经度', { type: 'number', step: 'any', min: -180, max: 180, required: true, value: '112.480000' }],
  ['地点', { value: '', placeholder: '可不填，如 北门' }],
], null, ([latitude, longitude, label]) => (
  { kind: 'location', latitude: Number(latitude), longitude: Number(longitude), label }));

export const voiceForm = (phone) => formOf(phone, '发送语音', [
  ['说的话', { required: true, placeholder: '这条语音里说了什么' }],
], '公众号只收到声音，收不到文字。', ([text]) => ({ kind: 'voice', text }));

export const scanForm = (phone) => formOf(phone, '扫一扫', [
  ['场景值', { required: true, maxlength: 64, placeholder: '二维码里的内容，如 post-3' }],
], null, ([key]) => ({ kind: 'scan', key }));

export const linkForm = (phone) => formOf(phone, '转发链接', [
  ['标题', { required: true }],
  ['摘要', {}],
  ['网址', { type: 'url', required: true, value: 'https://example.com/news' }],
], null, ([title, description, url]) => ({ kind: 'link', title, description, url }));

function photoPicker(phone) {
  const input = el('input', { type: 'file', accept: 'image/*', class: 'hidden-label', 'aria-label': '选一张照片' });
  input.addEventListener('change', async () => {
    const [file] = input.files;
    if (!file) return;
    const sent = await attempt(async () => {
      const { media_id: id } = await call(`/phones/${phone.openid}/photo`, file);
      await call(`/phones/${phone.openid}/send`, { kind: 'image', media_id: id });
    });
    if (sent) phone.closePanel();
  });
  return el('div', { class: 'panel-form', role: 'group', 'aria-label': '发送照片' },
    el('div', { class: 'panel-title' }, '发送照片'), input,
    el('div', { class: 'panel-buttons' },
      el('button', { class: 'weui-btn weui-btn_default weui-btn_mini', type: 'button', onclick: phone.showGrid }, '返回'),
      el('button', { class: 'weui-btn weui-btn_default weui-btn_mini', type: 'button', onclick: async () => {
        if (await phone.send({ kind: 'image' })) phone.closePanel();
      } }, '示例照片'),
      el('button', { class: 'weui-btn weui-btn_primary weui-btn_mini', type: 'button', onclick: () => input.click() }, '选照片')));
}

/** The grid behind '+'. */
export function gridOf(phone) {
  const item = (name, label, onclick) => el('button', { class: 'grid-item', type: 'button', onclick },
    el('span', { class: 'grid-icon' }, icon(name)), label);
  const open = (form) => () => phone.showPanel(form(phone));
  return el('div', { class: 'grid', role: 'group', 'aria-label': '更多' },
    item('photo', '照片', open(photoPicker)),
    item('pin', '位置', open(placeForm)),
    item('speak', '语音', open(voiceForm)),
    item('scan', '扫一扫', open(scanForm)),
    item('link', '转发链接', open(linkForm)),
    item('leave', '取消关注', async () => { if (await phone.send({ kind: 'unfollow' })) phone.closePanel(); }));
}
