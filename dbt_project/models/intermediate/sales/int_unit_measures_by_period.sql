{{ measures_by_period(ref('int_unit_running_totals'), 'org_unit_id', ref('int_unit_totals_compared')) }}
