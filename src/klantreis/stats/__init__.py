"""Pure numbers: intervals, comparisons."""
