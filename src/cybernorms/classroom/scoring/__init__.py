"""What counts by the policy of a course, what each answer brings, and how each item did."""
