{{ measures_by_period(ref('int_unit_running_totals'), 'org_unit_id') }}
