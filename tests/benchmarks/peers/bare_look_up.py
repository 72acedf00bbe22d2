"""The statement that looks names up by their tokens, behind a plain Flask page: what a search costs at the least.

It knows nobody and asks about no right; row-level security is told its branch once a connection.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask, jsonify, request
from psycopg.rows import dict_row

LOOK_UP = Path(__file__).with_name("look_up.sql").read_text(encoding="utf-8")
BRANCH, FIELD = int(os.environ.get("PEER_BRANCH", "0")), int(os.environ.get("PEER_FIELD", "0"))
app = Flask(__name__)
mine = threading.local()


def connection() -> Any:
    if not hasattr(mine, "connection"):
        url = os.environ["PEER_DATABASE_URL"]
        mine.connection = psycopg.connect(url, autocommit=True, row_factory=dict_row)
        mine.connection.execute("SELECT set_config('zhidu.readable', %s, false)", [str(BRANCH)])
    return mine.connection


@app.get("/")
def look_up() -> Any:
    text = request.args.get("q", "")
    given = {"branch": BRANCH, "field": FIELD, "from": text, "to": text + "\U0010ffff"}
    return jsonify(result=connection().execute(LOOK_UP, given).fetchall())
