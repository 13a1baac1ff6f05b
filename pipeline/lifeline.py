"""A process that helps another ends with it, also when that one is killed and can tell nobody.

python -m pipeline.lifeline PARENT MODULE ...    runs a module of others as such a process
"""

import os
import runpy
import sys
import threading
import time

PAUSE = 0.5


def end_with(parent: int) -> None:
    """End this process within a second after its parent has gone.

    A process without a parent is given to another, so the number of its parent changes.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(PAUSE)
        os._exit(1)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()


if __name__ == "__main__":
    end_with(int(sys.argv[1]))
    del sys.argv[:2]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
