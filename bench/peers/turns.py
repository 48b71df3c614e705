"""What every peer does: it reads clips when it is its turn, and says how long that took."""

import json
import sys
import time
from pathlib import Path
from typing import Any, Callable

LABELS = 7  # that each tells apart


def take_turns(decode: Callable[[str], Any], read: Callable[[Any], Any], threads: Callable[[], int]) -> None:
    """
    Reads all `*.ogg` of the folder that the command line names, once for each line on standard input.
    Each time it prints one line of JSON: `decodeMs` and `wholeMs` for all clips together.

    decode: path of a clip -> audio; read: audio -> one label; threads: how many the libraries say that they use
    """
    clips = sorted(str(path) for path in Path(sys.argv[1]).glob("*.ogg"))
    if not clips:
        sys.exit(f"{sys.argv[1]} has no clips.")
    if threads() != 1:
        sys.exit("This peer must use one thread, as all others do.")
    print(json.dumps({"ready": True}), flush=True)
    for _ in sys.stdin:
        decode_s = whole_s = 0.0
        for clip in clips:
            start = time.perf_counter()
            audio = decode(clip)
            decoded = time.perf_counter()
            read(audio)
            decode_s += decoded - start
            whole_s += time.perf_counter() - start
        print(json.dumps({"decodeMs": decode_s * 1000, "wholeMs": whole_s * 1000}), flush=True)
