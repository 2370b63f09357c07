"""What an agreement says beside its blanks: what it fixes, and what a careful reader would look at again."""
