{{ running_totals(ref('int_unit_days_compared'), 'org_unit_id') }}
