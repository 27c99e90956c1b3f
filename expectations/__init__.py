"""Data contracts and Great Expectations suites; the only code that knows Great Expectations."""
