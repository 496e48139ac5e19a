"""What ``make kernel`` does: the compiled clock's own code, once made by Numba, is laid out for where Numba is not."""

import os

os.environ |= {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": "", "NUMBA_OPT": "1"}  # read when Numba is imported
