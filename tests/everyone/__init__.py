"""What holds for every page and every reader: reports over a built site, each a command and a test."""
