"""Mark the written answers of a class in a page of the browser, on the teacher's own computer."""
