"""What strangers give, at arm's length: files read in a child process, addresses fetched through a guard.

    from ampersand.guarding.children import ask_child
    answer = ask_child("ampersand.calendars.child:main", file, wall_seconds=20)     # JSON, or Overrun

    from ampersand.guarding.fetching import fetch
    file = fetch("https://calendar.example.org/mine.ics", largest=4_000_000, seconds=20)    # or NotFetched

Nothing is gathered here: a child that reads a file has no use for what fetching needs.
"""
