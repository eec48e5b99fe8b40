"""Start here: `python3 run.py`, `python3 run.py --help`, `python3 run.py test`.

Needs nothing but Python 3.11. The first start prepares the folder (setup/), every later one goes
straight on to the program.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Python 3.11 or newer is needed and this is %d.%d: install it, then start again with "
        "'python3.11 run.py'.\n"
        "Diperlukan Python 3.11 atau yang lebih baru, sedangkan ini %d.%d: pasang dahulu, lalu "
        "jalankan 'python3.11 run.py'." % (sys.version_info[:2] * 2)
    )

from setup.start import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
