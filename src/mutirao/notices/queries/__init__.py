"""What is seen of notices and follows. Everybody sees their own."""

from .following import follower_ids, followers_of, follows_of
from .kinds import AppKinds, by_app, ways_of
from .own import habits_of, unread, visible_to
from .seeing import actors_of, seen_records, who_sees
from .sentences import Line, Said, lines_of, said

__all__ = [
    "AppKinds",
    "Line",
    "Said",
    "actors_of",
    "by_app",
    "follower_ids",
    "followers_of",
    "follows_of",
    "habits_of",
    "lines_of",
    "said",
    "seen_records",
    "unread",
    "visible_to",
    "ways_of",
    "who_sees",
]
