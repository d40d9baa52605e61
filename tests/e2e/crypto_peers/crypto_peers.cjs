// Two implementations that others wrote (npm wechat-crypto and @wecom/crypto) against ours: each encrypts to us and
// decrypts what we reply, with random keys and Chinese text of every length from 0 to 1,000 bytes, and what was
// spoiled on the way is refused. Run by ctest:
//   node crypto_peers.cjs build/.../crypto_peer [seed]
'use strict';

const childProcess = require('child_process');
const readline = require('readline');

// wechat-crypto 0.0.2 still says `new Buffer`, which works but complains on every run.
process.noDeprecation = true;
const WXBizMsgCrypt = require('wechat-crypto');
const wecom = require('@wecom/crypto');

const [program, seedText = '20261123'] = process.argv.slice(2);
if (!program) {
  console.error('usage: node crypto_peers.cjs PATH_OF_crypto_peer [SEED]');
  process.exit(2);
}
console.log(`seed ${seedText}`);

// mulberry32: the same numbers for the same seed.
let state = Number(seedText) >>> 0;
function below(limit) {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) % limit;
}
function pick(alphabet, length) {
  return Array.from({ length }, () => alphabet[below(alphabet.length)]).join('');
}

const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const words = Array.from('邻里社区打卡求助老人药菜门口体温正常网格长值班居民楼单元，。！？“”😀㐂\n<&>"\']]>');

// A text of exactly `length` bytes: Chinese as far as it goes, then letters.
function chinese(length) {
  let text = '';
  let left = length;
  for (;;) {
    const next = words[below(words.length)];
    const size = Buffer.byteLength(next);
    if (size > left) return text + pick(alphanumeric, left);
    text += next;
    left -= size;
  }
}

const peers = {
  'wechat-crypto': (token, key, id) => {
    const peer = new WXBizMsgCrypt(token, key, id);
    return {
      sign: (timestamp, nonce, encrypt) => peer.getSignature(timestamp, nonce, encrypt),
      encrypt: (text) => peer.encrypt(text),
      decrypt: (encrypt) => peer.decrypt(encrypt),
    };
  },
  '@wecom/crypto': (token, key, id) => ({
    sign: (timestamp, nonce, encrypt) => wecom.getSignature(token, timestamp, nonce, encrypt),
    encrypt: (text) => wecom.encrypt(key, text, id),
    decrypt: (encrypt) => wecom.decrypt(key, encrypt),
  }),
};

const child = childProcess.spawn(program, [], { stdio: ['pipe', 'pipe', 'inherit'] });
const waiting = [];
readline.createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()(JSON.parse(line)));
child.on('exit', (code) => {
  if (waiting.length > 0) fail(`crypto_peer ended with ${code} and left ${waiting.length} lines unanswered`);
});
function ask(line) {
  return new Promise((resolve) => {
    waiting.push(resolve);
    child.stdin.write(`${JSON.stringify(line)}\n`);
  });
}

function fail(what) {
  console.error(`FAILED (seed ${seedText}): ${what}`);
  process.exit(1);
}
function expect(ok, what) {
  if (!ok) fail(what);
}

function field(xml, name) {
  const found = xml.match(new RegExp(`<${name}>(?:<!\\[CDATA\\[(.*?)\\]\\]>|([^<]*))</${name}>`, 's'));
  if (!found) fail(`the envelope has no ${name}`);
  return found[1] ?? found[2];
}

async function exchange(name, length) {
  // 43 characters: the last one usually has bits left over, which Node ignores and so must we.
  const account = {
    token: pick(alphanumeric, 3 + below(30)),
    key: pick(alphanumeric, 43),
    id: `wx${pick('0123456789abcdef', 16)}`,
  };
  const envelope = { timestamp: String(1700000000 + below(100000000)), nonce: pick('0123456789', 10) };
  const peer = peers[name](account.token, account.key, account.id);
  const text = chinese(length);
  const where = `${name}, ${length} bytes`;
  expect(Buffer.byteLength(text) === length, `${where}: the text has another length`);

  const encrypt = peer.encrypt(text);
  const signature = peer.sign(envelope.timestamp, envelope.nonce, encrypt);
  const open = { do: 'open', ...account, ...envelope, signature, encrypt };
  const opened = await ask(open);
  expect(opened.plain === text, `${where}: we do not open what the peer encrypted`);

  const spoiled = encrypt[0] === 'A' ? `B${encrypt.slice(1)}` : `A${encrypt.slice(1)}`;
  expect((await ask({ ...open, encrypt: spoiled })).error, `${where}: we open what was changed`);
  expect((await ask({ ...open, id: `${account.id}0` })).error, `${where}: we open what is for another account`);

  const { envelope: sealed } = await ask({ do: 'seal', ...account, ...envelope, plain: text });
  const reply = field(sealed, 'Encrypt');
  expect(field(sealed, 'TimeStamp') === envelope.timestamp, `${where}: another TimeStamp`);
  expect(field(sealed, 'Nonce') === envelope.nonce, `${where}: another Nonce`);
  expect(
    peer.sign(envelope.timestamp, envelope.nonce, reply) === field(sealed, 'MsgSignature'),
    `${where}: the peer computes another signature`,
  );
  const { message, id } = peer.decrypt(reply);
  expect(message === text, `${where}: the peer does not decrypt our reply`);
  expect(id === account.id, `${where}: our reply carries another id`);
}

(async () => {
  let count = 0;
  for (const name of Object.keys(peers)) {
    for (let length = 0; length <= 1000; length += 1, count += 1) await exchange(name, length);
  }
  child.stdin.end();
  console.log(`${count} exchanges both ways, all as they should be`);
})().catch((error) => fail(error.stack));
