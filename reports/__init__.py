"""Content, format and transport of the reports; reads the published marts only."""
