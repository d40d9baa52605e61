"""A platform that takes whatever is sent and remembers it: tokens, customer-service and template messages, menu."""
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class FakePlatform:
    def __init__(self):
        self.lock = threading.Lock()
        self.template_keys = {}  # client_msg_id -> times received
        self.customs = []        # (openid, text)
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *args):
                pass

            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
                answer = outer.answer(self.path.split("?")[0], body)
                data = json.dumps(answer, ensure_ascii=False).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

        class Server(ThreadingHTTPServer):
            def handle_error(self, request, client_address):
                pass  # the bot was killed in the middle of a call: that is what we are here for

        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def answer(self, path, body):
        if path.endswith("/stable_token"):
            return {"access_token": "token", "expires_in": 7200}
        with self.lock:
            if path.endswith("/template/send"):
                key = body.get("client_msg_id", "")
                self.template_keys[key] = self.template_keys.get(key, 0) + 1
                return {"errcode": 0, "errmsg": "ok", "msgid": 1000 + len(self.template_keys)}
            if path.endswith("/custom/send"):
                self.customs.append((body["touser"], body.get("text", {}).get("content", "")))
        return {"errcode": 0, "errmsg": "ok"}
