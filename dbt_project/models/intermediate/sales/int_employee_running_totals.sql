{{ running_totals(ref('int_employee_days'), 'employee_id') }}
