"""Figures, tables and pages: functions of data, on one style."""
