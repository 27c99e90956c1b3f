"""What lies in files that no mapping knows yet: how they read, which tables they feed, and how sure that is."""
