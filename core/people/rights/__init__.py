"""Rights beyond what plugins declare: levels of fields, the administrator's overrides, acting for somebody."""
