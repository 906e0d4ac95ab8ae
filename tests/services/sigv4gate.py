#!/usr/bin/python3
"""A gate before services that check no credentials: recomputes each request's AWS signature with botocore, from the bytes that
arrived, and hands on what is signed right. Bodies sent as aws-chunked are not decoded.

  sigv4gate.py PORT KEY SECRET HOST:PORT    hands on to a service
  sigv4gate.py PORT KEY SECRET FILE         answers 200 and appends method, path and body to FILE, a JSON object a line
"""
import base64
import datetime
import hashlib
import hmac
import http.client
import http.server
import json
import sys

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

PORT, KEY, SECRET, BEHIND = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
ALGORITHM = "AWS4-HMAC-SHA256"
MOST_SKEW = datetime.timedelta(minutes=5)
HOP_BY_HOP = {"connection", "content-length", "date", "keep-alive", "server", "transfer-encoding"}


class Refusal(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


def check(method, path, headers, body):
    """Raises Refusal unless the request bears a right signature."""
    kind, _, rest = headers.get("Authorization", "").partition(" ")
    if kind != ALGORITHM:
        raise Refusal("MissingAuthenticationTokenException", "Missing Authentication Token")
    fields = dict(part.strip().split("=", 1) for part in rest.split(","))
    key, day, region, service, end = fields["Credential"].split("/")
    if key != KEY:
        raise Refusal("UnrecognizedClientException", "The security token included in the request is invalid.")

    stamp = headers.get("X-Amz-Date", "")
    age = datetime.datetime.now(datetime.timezone.utc) - datetime.datetime.strptime(stamp + "+0000", "%Y%m%dT%H%M%SZ%z")
    if abs(age) > MOST_SKEW or stamp[:8] != day or end != "aws4_request":
        raise Refusal("InvalidSignatureException", "Signature expired: " + stamp)

    signed = fields["SignedHeaders"].split(";")
    unsigned = [name for name in map(str.lower, headers) if name.startswith("x-amz-") and name not in signed]
    if "host" not in signed or unsigned:
        raise Refusal("InvalidSignatureException", "These headers must be signed: host " + " ".join(unsigned))
    told = headers.get("X-Amz-Content-SHA256")
    if told and told != hashlib.sha256(body).hexdigest():
        raise Refusal("InvalidSignatureException", "The body is not the one that was signed.")

    request = AWSRequest(method, "http://%s%s" % (headers["Host"], path), {name: ",".join(headers.get_all(name)) for name in signed}, body)
    request.context["timestamp"] = stamp
    auth = SigV4Auth(Credentials(KEY, SECRET), service, region)
    right = auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request)
    if not hmac.compare_digest(right, fields["Signature"]):
        raise Refusal("InvalidSignatureException", "The request signature we calculated does not match the signature you provided.")


class Gate(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            check(self.command, self.path, self.headers, body)
        except Refusal as refusal:
            said = json.dumps({"__type": refusal.code, "message": str(refusal)}).encode()
            self.answer(403, [("Content-Type", "application/x-amz-json-1.0"), ("x-amzn-ErrorType", refusal.code)], said)
            return
        if ":" in BEHIND:
            self.hand_on(body)
        else:
            self.note(body)

    def hand_on(self, body):
        behind = http.client.HTTPConnection(BEHIND, timeout=60)
        try:
            behind.request(self.command, self.path, body, dict(self.headers.items()))
            answer = behind.getresponse()
            said = answer.read()
        finally:
            behind.close()
        self.answer(answer.status, [h for h in answer.getheaders() if h[0].lower() not in HOP_BY_HOP], said)

    def note(self, body):
        with open(BEHIND, "a", encoding="utf-8") as notes:
            notes.write(json.dumps({"method": self.command, "path": self.path, "body": base64.b64encode(body).decode()}) + "\n")
        self.answer(200, [("Content-Type", "application/json")], b'{"message":"OK"}')

    def answer(self, status, headers, body):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, *_):
        pass

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = handle_any


class Server(http.server.ThreadingHTTPServer):
    request_queue_size = 256


Server(("127.0.0.1", PORT), Gate).serve_forever()
