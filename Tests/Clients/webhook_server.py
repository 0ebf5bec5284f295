"""A webhook that behaves as its path says, on a free port that it prints.

webhook_server.py REQUESTS [CERTIFICATE KEY]: each request is a line of JSON in the file REQUESTS. It ends with its standard input.
"""

import json
import socket
import ssl
import struct
import sys
import threading

ENDLESS = threading.Event()
LOCK = threading.Lock()


def read_request(stream):
    head = b""
    while b"\r\n\r\n" not in head:
        piece = stream.recv(65536)
        if not piece:
            return None
        head += piece
    head, _, body = head.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines[1:])
    while len(body) < int(headers.get("Content-Length", "0")):
        piece = stream.recv(65536)
        if not piece:
            return None
        body += piece
    return {"line": lines[0], "headers": headers, "body": body.decode()}


def answer(stream, path):
    if path.startswith("/status/"):
        status = path.split("/")[2]
        stream.sendall(f"HTTP/1.1 {status} Whatever\r\nContent-Length: 2\r\n\r\nno".encode())
    elif path == "/redirect":
        stream.sendall(b"HTTP/1.1 301 Moved\r\nLocation: /status/200\r\nContent-Length: 0\r\n\r\n")
    elif path == "/slow":
        ENDLESS.wait(0.3)
        stream.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
    elif path == "/hang":
        ENDLESS.wait()
    elif path == "/half":
        stream.sendall(b"HTTP/1.1 200 O")
        ENDLESS.wait()
    elif path == "/drip":
        stream.sendall(b"HTTP/1.1 200 OK\r\n")
        while not ENDLESS.wait(0.05):
            stream.sendall(b"X-Drip: drop\r\n")
    elif path == "/close":
        pass
    elif path == "/cut":
        stream.sendall(b"HTTP/1.1 200 O")
    elif path == "/reset":
        stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    elif path == "/garbage":
        stream.sendall(b"220 mail.example.com ESMTP\r\n")
    elif path == "/endless":
        stream.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        while True:
            stream.sendall(b"x" * 65536)
    elif path == "/continue":
        stream.sendall(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")


def serve(raw, context, requests):
    try:
        with context.wrap_socket(raw, server_side=True) if context else raw as stream:
            request = read_request(stream)
            if request is None:
                return
            with LOCK, open(requests, "a", encoding="utf-8") as file:
                file.write(json.dumps(request) + "\n")
            answer(stream, request["line"].split(" ")[1].split("?")[0])
    except OSError:
        pass


def accept(listener, context, requests):
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=(connection, context, requests), daemon=True).start()


def main():
    context = None
    if len(sys.argv) > 2:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[2], sys.argv[3])
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    threading.Thread(target=accept, args=(listener, context, sys.argv[1]), daemon=True).start()
    sys.stdin.read()


main()
