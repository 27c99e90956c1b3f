select
    feedback_id,
    org_unit_id,
    received_on,
    employee_id,
    customer_id,
    competitor_id,
    kind,
    theme,
    segment,
    content,
    severity,
    attached_amount,
    department,
    step,
    due_on,
    is_overdue,
    cast(case when is_overdue then {{ dbt.datediff('due_on', as_of(), 'day') }} else 0 end as integer) as days_overdue,
    _file,
    _line
from {{ ref('int_feedback') }}
where closed_on is null
