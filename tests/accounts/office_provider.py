"""A small OpenID Connect provider on this machine, with switches for what a bad one might do."""

import base64
import dataclasses
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "duty-reports", "a-secret-of-the-tests"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
FORGED = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclasses.dataclass
class Provider:
    issuer: str = ""
    claims: dict[str, Any] = dataclasses.field(default_factory=lambda: {"sub": "identity-1"})
    token: dict[str, Any] = dataclasses.field(default_factory=dict)  # in place of what an honest token says
    userinfo: dict[str, Any] = dataclasses.field(default_factory=dict)
    key: Any = KEY
    is_down: bool = False
    asked: dict[str, dict[str, str]] = dataclasses.field(default_factory=dict)  # by the code given out

    def authorize(self, query: dict[str, str]) -> str:
        """What the person's browser is sent back with, after signing in there."""
        code = f"code-{len(self.asked)}"
        self.asked[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def answer(self, path: str, form: dict[str, str]) -> dict[str, Any] | None:
        if self.is_down:
            return None
        if path == "/.well-known/openid-configuration":
            names = {"authorization_endpoint": "auth", "token_endpoint": "token", "userinfo_endpoint": "me"}
            return {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys"} | {
                name: f"{self.issuer}/{end}" for name, end in names.items()
            }
        if path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            return {"keys": [public | {"kid": "1", "alg": "RS256", "use": "sig"}]}
        if path == "/me":
            return self.claims | self.userinfo
        return self._tokens(form)

    def _tokens(self, form: dict[str, str]) -> dict[str, Any] | None:
        asked = self.asked.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or asked["code_challenge"] != challenge or form["client_secret"] != SECRET:
            return None
        payload = {"iss": self.issuer, "aud": CLIENT, "exp": time.time() + 60, "nonce": asked["nonce"]}
        token = jwt.encode(payload | self.claims | self.token, self.key, algorithm="RS256", headers={"kid": "1"})
        return {"access_token": "access", "id_token": token, "token_type": "Bearer"}


@contextmanager
def running_provider() -> Iterator[Provider]:
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply(provider.answer(urlsplit(self.path).path, {}))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._reply(provider.answer(urlsplit(self.path).path, form))

        def _reply(self, answer: dict[str, Any] | None) -> None:
            data = json.dumps(answer or {"error": "refused"}).encode()
            self.send_response(200 if answer else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider.issuer = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
