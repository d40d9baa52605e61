#!/usr/bin/env python3
"""A screenshot is sent through the imitation of the platform: the message is answered at once, the bot fetches the
picture, tesseract reads it, and the verdict follows; what cannot be read is asked. Usage: screenshot_test.py LINLI"""
import json
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

DATA = pathlib.Path(__file__).parent / "data"
SKIPPED = 77


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Phones:
    def __init__(self, port):
        self.base = f"http://127.0.0.1:{port}"
        self.seen = 0

    def call(self, path, body=None, kind="application/json"):
        headers = {} if body is None else {"Content-Type": kind}
        with urllib.request.urlopen(urllib.request.Request(self.base + path, body, headers), timeout=30) as answer:
            return json.load(answer)

    def openid(self, name):
        return next(p["openid"] for p in self.call("/phones")["people"] if p["name"] == name)

    def send(self, openid, action):
        self.call(f"/phones/{openid}/send", json.dumps(action).encode())

    def send_picture(self, openid, picture):
        media = self.call(f"/phones/{openid}/photo", picture, "image/png")["media_id"]
        self.send(openid, {"kind": "image", "media_id": media})

    def expect(self, openid, words, within):
        """The next line of the account to this person that holds all the words; how long it took."""
        begun, passed = time.monotonic(), []
        while time.monotonic() - begun < within:
            news = self.call(f"/phones/events?after={self.seen}&moves=0")
            for event in news["events"]:
                self.seen = max(self.seen, event["n"])
                if event["type"] != "line" or event["from"] != "account" or event["openid"] != openid:
                    continue
                passed.append(event["text"])
                if all(word in event["text"] for word in words):
                    return time.monotonic() - begun
            time.sleep(0.05)
        raise AssertionError(f"nothing with {words} came within {within} s; what came: {passed}")


def until_up(phones, process):
    for _ in range(600):
        if process.poll() is not None:
            raise AssertionError("the sandbox ended by itself")
        try:
            phones.call("/phones")
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the sandbox does not answer")


def play(phones):
    resident = phones.openid("居民甲")
    screenshot = (DATA / "screenshot.png").read_bytes()
    phones.send_picture(resident, screenshot)
    answered = phones.expect(resident, ["正在看图里的字"], 5)
    read = phones.expect(resident, ["我看到的是", "小区水箱投了药", "核实结果：不实"], 60)
    print(f"answered after {answered:.2f} s, read and matched after another {read:.2f} s")

    other = phones.openid("居民乙")
    bomb = screenshot[:16] + bytes([0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30]) + screenshot[24:]
    for picture in ((DATA / "photo.png").read_bytes(), bomb, screenshot[:400]):
        phones.send_picture(other, picture)
        phones.expect(other, ["正在看图里的字"], 5)
        phones.expect(other, ["没看清", "一句话"], 60)
        phones.send(other, {"kind": "text", "text": "取消"})
        phones.expect(other, [""], 5)
    print("what cannot be read is asked")


def main():
    if shutil.which("tesseract") is None:
        print("NOT TESTED: tesseract is not installed (apt-get install tesseract-ocr tesseract-ocr-chi-sim)")
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        process = subprocess.Popen([sys.argv[1], "sandbox", "--port", "0", "--phone-port", str(port), "--data",
                                    f"{folder}/demo", "--at", "2026-03-02 09:00"],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            phones = Phones(port)
            until_up(phones, process)
            play(phones)
        finally:
            process.terminate()
            _, log = process.communicate(timeout=60)
        assert process.returncode == 0, process.returncode
        assert "水箱" not in log, "what was read is in the log"
    return 0


if __name__ == "__main__":
    sys.exit(main())
