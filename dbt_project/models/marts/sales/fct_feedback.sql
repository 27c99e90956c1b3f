select
    feedback_id,
    received_on as business_date,
    employee_id,
    customer_id,
    competitor_id,
    kind,
    theme,
    product_line,
    content,
    {{ money('attached_amount') }} as attached_amount,
    severity,
    routed_to,
    acknowledged_on,
    decided_on,
    closed_on,
    _file,
    _line
    {{- extra_columns('feedback') }}
from {{ ref('stg_feedback') }}
where received_on <= {{ as_of() }}
