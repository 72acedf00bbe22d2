"""The gas office: readings, tariffs, bills, payments and arrears."""
