"""Seconds and bytes beside their budgets: ``make bench``. Nothing here is asserted."""
