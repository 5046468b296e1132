"""A thousand idle connections and twenty slow readers of an export, while another process writes: does anybody wait?

Usage: crowd.py WAITKEEPER RECORD [COLLECTION]

RECORD is copied first. COLLECTION is what `import ane-hk` takes in meanwhile: thousands of writing transactions. Prints the
server's memory, the largest write-ahead log, and how long a question took meanwhile. Loopback only; about a minute.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

IDLE, SLOW = 1000, 20


def serve(binary, record):
    process = subprocess.Popen(
        [binary, "serve", "--listen", "127.0.0.1:0", "--database", record],
        stderr=subprocess.PIPE, text=True)
    line = process.stderr.readline()
    return process, int(line.split("http://127.0.0.1:")[1].split("/")[0])


def resident(process):
    with open(f"/proc/{process.pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) // 1024


def main():
    binary, source = sys.argv[1:3]
    with tempfile.TemporaryDirectory() as folder:
        record = os.path.join(folder, "record.sqlite")
        shutil.copy(source, record)
        server, port = serve(binary, record)
        try:
            crowd(binary, server, port, record, sys.argv[3] if len(sys.argv) > 3 else None)
        finally:
            server.terminate()
            began = time.monotonic()
            server.wait(10)
            print(f"SIGTERM ended the server within {time.monotonic() - began:.1f} s, all connections open")


def crowd(binary, server, port, record, collection):
    print(f"memory before: {resident(server)} MB")
    idle = [socket.create_connection(("127.0.0.1", port)) for _ in range(IDLE)]
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(SLOW)]
    for connection in slow:
        connection.sendall(b"GET /v1/export/ae-waits.csv HTTP/1.1\r\nHost: x\r\n\r\n")
        connection.setblocking(False)
    writer = collection and subprocess.Popen(
        [binary, "import", "ane-hk", collection, "--database", record],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most_memory = most_log = longest = taken = 0
    end = time.monotonic() + 40
    while time.monotonic() < end:
        for connection in slow:
            try:
                taken += len(connection.recv(4096))
            except BlockingIOError:
                pass
        began = time.monotonic()
        urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/latest", timeout=10).read()
        longest = max(longest, time.monotonic() - began)
        most_memory = max(most_memory, resident(server))
        most_log = max(most_log, os.path.getsize(record + "-wal"))
        if writer and writer.poll() is not None:
            break
        time.sleep(0.05)
    print(f"{IDLE} idle, {SLOW} slow readers of an export (took {taken // 1024} kB meanwhile)")
    print(f"memory at most: {most_memory} MB; write-ahead log at most: {most_log // 1024} kB")
    print(f"the longest /v1/latest took {longest * 1000:.0f} ms")
    if writer:
        print(f"the import ended with {writer.wait(120)}")
    for connection in idle + slow:
        connection.close()


if __name__ == "__main__":
    main()
