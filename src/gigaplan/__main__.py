"""``python -m gigaplan``."""

import sys


def run() -> None:
    """Run the command line; Ctrl-C while it is still being imported ends without a traceback."""
    try:
        from gigaplan.cli import main
    except KeyboardInterrupt:
        sys.exit(130)
    main()


if __name__ == "__main__":
    run()
