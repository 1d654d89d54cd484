"""telemelya as one process: its Bot API, with stand-ins for the Redis and the S3 it wants.

Run by the Python of .venv/peers, which nothing here shares a package with. Prints the address it
can be called at; ends when its standard input does, so it outlives nobody who started it.
"""

import os
import socket
import sys
import threading

import uvicorn
from fakeredis import TcpFakeServer
from moto.server import ThreadedMotoServer


def main() -> None:
    redis = TcpFakeServer(("127.0.0.1", 0), server_type="redis")
    redis.daemon_threads = True
    threading.Thread(target=redis.serve_forever, daemon=True).start()
    files = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    files.start()
    os.environ |= {
        "REDIS_URL": f"redis://127.0.0.1:{redis.server_address[1]}/0",
        "MINIO_ENDPOINT": "{}:{}".format(*files.get_host_and_port()),
        "STRICT_EDIT": "true",  # else it answers the edit of a message that never was
    }
    from telemelya.server.app import app  # reads the environment when it is imported

    listening = socket.create_server(("127.0.0.1", 0))
    print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))

    def end_with_input() -> None:
        sys.stdin.read()
        server.should_exit = True

    threading.Thread(target=end_with_input, daemon=True).start()
    server.run([listening])
    files.stop()
    redis.shutdown()


if __name__ == "__main__":
    main()
