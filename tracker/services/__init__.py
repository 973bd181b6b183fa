"""What a user can do, one verb a method: joins the rooms below. Knows no Qt; returns frozen records, never rows."""
