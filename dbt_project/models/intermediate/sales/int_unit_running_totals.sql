{{ running_totals(ref('int_unit_days'), 'org_unit_id') }}
