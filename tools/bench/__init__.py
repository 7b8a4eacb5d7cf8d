"""`make bench`: the system beside bare pages of the same framework, in the same run. See docs/performance.md."""
