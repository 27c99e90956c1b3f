"""A target season from the command line: proposals read from the marts, and splits of a target that nobody has set yet."""
