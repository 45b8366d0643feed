"""Mail that leaves the house: kept until it is sent, once, and what comes back refused."""
