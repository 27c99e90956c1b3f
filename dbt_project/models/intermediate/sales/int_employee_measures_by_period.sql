{{ measures_by_period(ref('int_employee_running_totals'), 'employee_id') }}
