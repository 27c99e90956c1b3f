select
    plan_id,
    employee_id,
    planned_on,
    kind,
    customer_id,
    product_line,
    content,
    {{ money('expected_amount') }} as expected_amount,
    case when done_on <= {{ as_of() }} then done_on end as done_on,
    case
        when done_on <= {{ as_of() }} and done_on > planned_on then 'done_late'
        when done_on <= {{ as_of() }} then 'done'
        when planned_on <= {{ as_of() }} then 'overdue'
        else 'to_come'
    end as plan_state,
    _file,
    _line
from {{ ref('stg_sales_plans') }}
