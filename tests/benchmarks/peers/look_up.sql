SELECT * FROM gas_account WHERE branch_id = %(branch)s AND id IN (
  SELECT record_id FROM core_search_token
  WHERE field_id = %(field)s AND token >= %(from)s AND token < %(to)s AND branch_id = %(branch)s
) ORDER BY number LIMIT 21
