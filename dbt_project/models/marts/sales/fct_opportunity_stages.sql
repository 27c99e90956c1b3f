select
    opportunity_id,
    entered_on as business_date,
    stage,
    sequence,
    {{ money('amount') }} as amount,
    expected_close_on,
    _file,
    _line
    {{- extra_columns('opportunity_stages') }}
from {{ ref('stg_opportunity_stages') }}
where entered_on <= {{ as_of() }}
