select
    activity_id,
    activity_on as business_date,
    kind,
    employee_id,
    customer_id,
    opportunity_id,
    outcome,
    _file,
    _line
    {{- extra_columns('activities') }}
from {{ ref('stg_activities') }}
where activity_on <= {{ as_of() }}
