"""``python -m gigaplan``."""

from gigaplan.cli import main

if __name__ == "__main__":
    main()
