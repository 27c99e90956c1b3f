{{ running_totals(ref('int_unit_days_as_is'), 'org_unit_id') }}
