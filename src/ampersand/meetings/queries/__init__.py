"""Reading when people can, what they have booked, and what their agreement says about it."""
