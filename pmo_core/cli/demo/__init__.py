"""The tour: five projects of one city's programme, and the command that walks through them."""
