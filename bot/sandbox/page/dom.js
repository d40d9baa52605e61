// Small helpers for building the page. Text reaches the page as text nodes only: nothing that a person or the bot
// wrote is ever read as markup.

const svgSpace = 'http://www.w3.org/2000/svg';

/** el('button', {class: 'send', type: 'button', onclick: f}, '发送') */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === false) continue;
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS(svgSpace, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(svgSpace, 'use');
  use.setAttribute('href', `#${name}`);
  svg.append(use);
  return svg;
}

let toastTimer;
export function toast(text) {
  const box = document.getElementById('toast');
  box.textContent = text;
  box.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { box.hidden = true; }, 3500);
}

/** The JSON that the sandbox answers; its refusals are sentences for the person at the page. */
export async function call(path, body) {
  const request = body === undefined ? {} : {
    method: 'POST',
    headers: { 'Content-Type': body instanceof Blob ? body.type || 'image/unknown' : 'application/json' },
    body: body instanceof Blob ? body : JSON.stringify(body),
  };
  const response = await fetch(path, request);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error || `HTTP ${response.status}`);
  return answer;
}

/** Runs something that talks to the sandbox; says what went wrong. True if it worked. */
export async function attempt(action) {
  try {
    await action();
    return true;
  } catch (error) {
    toast(error instanceof TypeError ? '连不上沙盒，它还在运行吗？' : error.message);
    return false;
  }
}
