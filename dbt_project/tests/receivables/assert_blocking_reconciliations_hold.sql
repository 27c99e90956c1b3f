-- Roll-forward, ageing and credit of every month; what only warns is shown in the mart.
select check_id, scope_id, period_label, expected_amount, actual_amount
from {{ ref('mart_reconciliation') }}
where severity = 'error'
    and not is_ok
