"""The two clocks, which never see each other: the SimPy event loop and the compiled kernel; and splitting."""
