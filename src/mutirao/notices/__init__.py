"""What people are told, in the page and by mail; what they follow."""
