"""The relational pass: where rows are read, checked, matched and sorted."""
