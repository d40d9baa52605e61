#!/usr/bin/env python3
"""Takes linli away under load and looks for anything lost or done twice. See README.md. Standard library only."""
import argparse
import collections
import csv
import hashlib
import http.client
import os
import pathlib
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

from fake_platform import FakePlatform

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TOKEN = "crashtesttoken"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def addresses():
    """Of all households of the sample, as people write them: 和平苑3号楼2单元501."""
    with open(ROOT / "config/sample/areas.csv", encoding="utf-8") as file:
        areas = {row["code"]: row for row in csv.DictReader(file)}
    def text(area):
        above = areas.get(area["parent"])
        return (text(above) if above and above["kind"] in ("compound", "courtyard", "building", "unit") else "") + area["name"]
    return [text(area) for area in areas.values() if area["kind"] == "household"]


def grid_leaders():
    """Their openids in the sample."""
    with open(ROOT / "config/sample/people.csv", encoding="utf-8") as file:
        return [row["openid"] for row in csv.DictReader(file) if row["code"].startswith("grid-") and row["openid"]]


ADDRESSES, LEADERS = addresses(), grid_leaders()


class Message:
    """One message of a resident who never writes another, so that its effect can be counted; or of a grid leader, whose
    writing lets the bot send to them."""
    def __init__(self, number):
        self.id = 10_000_000_000_000_000 + number
        self.of_staff = number % 8 == 7
        self.openid = LEADERS[number // 8 % len(LEADERS)] if self.of_staff else f"oCrash{number:022}"
        self.text = "待办" if self.of_staff else ADDRESSES[number * 37 % len(ADDRESSES)] + "家里没米没菜了"
        self.tries = 0
        self.acked = False
        self.bodies = set()

    def xml(self):
        return (f"<xml><ToUserName><![CDATA[gh_crash]]></ToUserName><FromUserName><![CDATA[{self.openid}]]></FromUserName>"
                f"<CreateTime>{int(time.time())}</CreateTime><MsgType><![CDATA[text]]></MsgType>"
                f"<Content><![CDATA[{self.text}]]></Content><MsgId>{self.id}</MsgId></xml>").encode()


class Load:
    """People who write, and a platform that tries three times; duplicates on purpose, now and later."""
    def __init__(self, port, threads, rng):
        self.port, self.rng = port, rng
        self.lock = threading.Lock()
        self.messages, self.retry = [], []
        self.faults = []
        self.paused = threading.Event()
        self.stopping = False
        self.threads = [threading.Thread(target=self.run, daemon=True) for _ in range(threads)]
        for t in self.threads:
            t.start()

    def next(self):
        with self.lock:
            draw = self.rng.random()
            if self.retry and draw < 0.5:
                return self.retry.pop(0)
            if self.messages and draw > 0.9:
                return self.rng.choice(self.messages)  # a late or concurrent duplicate
            message = Message(len(self.messages))
            self.messages.append(message)
            return message

    def run(self):
        connection = None
        while not self.stopping:
            if self.paused.is_set():
                time.sleep(0.002)
                continue
            message = self.next()
            try:
                if connection is None:
                    connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=6)
                self.post(connection, message)
            except (OSError, http.client.HTTPException):
                connection = None
                time.sleep(0.01)  # nobody listens: people do not write more because of that
                message.tries += 1
                if not message.acked and message.tries < 3:
                    with self.lock:
                        self.retry.append(message)

    def post(self, connection, message):
        stamp, nonce = str(int(time.time())), str(random.randrange(10**9))
        signature = hashlib.sha1("".join(sorted([TOKEN, stamp, nonce])).encode()).hexdigest()
        connection.request("POST", f"/wechat/crash?signature={signature}&timestamp={stamp}&nonce={nonce}", message.xml(),
                           {"Content-Type": "text/xml"})
        response = connection.getresponse()
        body = response.read()
        if response.status != 200:
            with self.lock:
                self.faults.append(f"status {response.status} for {message.id}")
            return
        with self.lock:
            message.acked = True
            message.bodies.add(body)


class Bot:
    def __init__(self, args, folder, platform):
        self.args, self.folder, self.port = args, folder, free_port()
        self.data = folder / "data"
        self.data.mkdir()
        (folder / "data.sim").mkdir()
        policies = (ROOT / "config/policies.toml").read_text().replace('gather = "20s"', 'gather = "1s"')
        policies = policies.replace('accept_within = "30m"', 'accept_within = "2s"')
        (folder / "policies.toml").write_text(policies)
        (folder / "linli.toml").write_text(f"""
policies = "{folder}/policies.toml"
intake_area = "hpsq"
[store]
path = "{self.data}/linli.db"
key_file = "{folder}/linli.key"
[http]
port = {self.port}
[dialog]
digest_at = ["12:00", "18:00"]
[outbox]
quiet_hours = ""
[account.crash]
app_id = "wxcrash0000000000"
app_secret_env = "CRASH_SECRET"
token_env = "CRASH_TOKEN"
plain_mode = true
api_base = "{platform.url}"
template_id = "notice"
template_fields = ["thing1", "thing2", "thing3", "thing4"]
""")
        self.env = dict(os.environ, CRASH_SECRET="secret-of-nothing", CRASH_TOKEN=TOKEN)
        self.slowest = 0.0
        self.process = None

    def command(self, *words):
        return [str(self.args.linli), "--config", str(self.folder / "linli.toml"), *words]

    def prepare(self):
        subprocess.run(self.command("import", "config/sample"), cwd=ROOT, env=self.env, check=True, stdout=subprocess.DEVNULL)
        if self.args.mode == "power":
            self.restore("settle")

    def restore(self, mode):
        subprocess.run([sys.executable, str(HERE / "powercut_restore.py"), str(self.data), mode,
                        str(random.randrange(10**9))], check=True)

    def start(self):
        env = dict(self.env)
        if self.args.mode == "power":
            env.update(LD_PRELOAD=str(self.folder / "shim.so"), PL_DIR=str(self.data))
        words = ["serve"] + ([f"--control-{self.args.control}"] if self.args.control else [])
        began = time.monotonic()
        self.process = subprocess.Popen(self.command(*words), cwd=ROOT, env=env, stdout=subprocess.DEVNULL,
                                        stderr=open(self.folder / "log", "ab"))
        while True:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=1)
                connection.request("GET", "/readyz")
                if connection.getresponse().status == 200:
                    break
            except OSError:
                pass
            if self.process.poll() is not None:
                sys.exit(f"linli did not start: see {self.folder}/log")
            time.sleep(0.005)
        self.slowest = max(self.slowest, time.monotonic() - began)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        if self.args.mode == "power":
            self.restore(random.choice(["drop", "some", "tear"]))

    def stop(self):
        self.process.terminate()
        return self.process.wait(timeout=40)


def judge(bot, load, platform):
    """The list of what is wrong."""
    wrong = list(load.faults)
    db = sqlite3.connect(f"file:{bot.data}/linli.db?mode=ro", uri=True)
    if db.execute("pragma integrity_check").fetchone()[0] != "ok":
        wrong.append("the database fails its integrity check")
    keys = {row[0] for row in db.execute("select key from inbox")}
    tasks = dict(db.execute("select c.openid, count(*) from task t join contact c on c.person = t.reporter "
                            "where t.kind = 'help' group by 1"))
    acked = [m for m in load.messages if m.acked]
    lost = [m for m in acked if f"crash/m:{m.id}" not in keys or not m.of_staff and tasks.get(m.openid, 0) == 0]
    # A message opens a request or adds to one; each person wrote one message, so one such event.
    effects = dict(db.execute("select c.openid, count(*) from task_event e join task t on t.id = e.task "
                              "join contact c on c.person = t.reporter where e.what in ('opened', 'added') group by 1"))
    twice = [m for m in load.messages if not m.of_staff and effects.get(m.openid, 0) > 1]
    differing = [m for m in load.messages if len(m.bodies) > 1]
    notices = db.execute("select count(*) from (select task, person, text_id, count(*) n from outbox "
                         "where text_id = 'my_tasks.offer' group by 1, 2, 3 having n > 1)").fetchone()[0]
    # A customer-service message has no key of the platform's: one whose answer was lost must not be sent again.
    calls = collections.Counter(openid for openid, text in platform.customs)
    rows = dict(db.execute("select c.openid, count(*) from outbox o join contact c on c.id = o.contact where o.via = 'custom' "
                           "group by 1"))
    told_twice = sum(n > rows.get(openid, 0) for openid, n in calls.items())
    stuck = db.execute("select count(*) from outbox where state = 'sending' and lease_until < ?",
                       (int(time.time()) - 60,)).fetchone()[0]
    for name, found in (("acknowledged messages lost", len(lost)), ("messages acted on twice", len(twice)),
                        ("messages answered with different bytes", len(differing)),
                        ("offers made twice", notices), ("people told twice", told_twice),
                        ("sends stuck", stuck)):
        if found:
            wrong.append(f"{found} {name}")
    states = dict(db.execute("select state, count(*) from outbox group by 1"))
    print(f"messages {len(load.messages)}, acknowledged {len(acked)}, tasks {sum(tasks.values())}, outbox {states}, "
          f"sent {len(platform.customs)} messages and {len(platform.template_keys)} cards, cards sent again under the same key "
          f"{sum(n - 1 for n in platform.template_keys.values())}")
    print(f"lost {len(lost)}, acted on twice {len(twice)}, differing replies {len(differing)}, "
          f"slowest start {bot.slowest:.2f} s")
    if bot.slowest >= args_slowest:
        wrong.append(f"a start took {bot.slowest:.2f} s")
    return wrong


args_slowest = 2.0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--linli", default=ROOT / "build/linli", type=lambda p: pathlib.Path(p).resolve())
    parser.add_argument("--mode", choices=["kill", "power"], default="kill")
    parser.add_argument("--cycles", type=int, default=200)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--control", choices=["synchronous-normal", "no-unique-key"], default=None)
    parser.add_argument("--keep", action="store_true", help="leave the folder for a look")
    args = parser.parse_args()
    seed = args.seed if args.seed is not None else random.randrange(10**6)
    random.seed(seed)
    print(f"mode {args.mode}, {args.cycles} cycles, seed {seed}, control {args.control}", flush=True)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="linli-crash-"))
    if args.mode == "power":
        subprocess.run(["gcc", "-O2", "-shared", "-fPIC", str(HERE / "powercut_shim.c"), "-o", str(folder / "shim.so"), "-ldl"],
                       check=True)
    platform = FakePlatform()
    bot = Bot(args, folder, platform)
    bot.prepare()
    bot.start()
    load = Load(bot.port, args.threads, random.Random(seed))
    for _ in range(args.cycles):
        time.sleep(random.uniform(0.005, 0.5))
        bot.kill()
        bot.start()
    load.paused.set()
    time.sleep(4)  # what was gathered falls due and goes out
    load.stopping = True
    if bot.stop() != 0:
        load.faults.append("the last stop was not clean")
    wrong = judge(bot, load, platform)
    for line in wrong:
        print("WRONG:", line)
    if not args.keep:
        shutil.rmtree(folder)
    print("red" if wrong else "green")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
