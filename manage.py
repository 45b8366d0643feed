#!/usr/bin/env python3
"""Django's usual door; `mutirao manage` is the same."""

import sys

from mutirao.cli import main

if __name__ == "__main__":
    sys.exit(main(["manage", *sys.argv[1:]]))
