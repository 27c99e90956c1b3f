{{ measures_by_period(ref('int_unit_totals_as_is'), 'org_unit_id') }}
