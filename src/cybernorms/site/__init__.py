"""The module as pages for any browser: made from the notebooks, and alive by Python in a worker."""
