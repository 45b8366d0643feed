"""What passes from one person, and from one term, to the next; how coordinations stand."""
