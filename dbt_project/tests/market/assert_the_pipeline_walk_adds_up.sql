-- Lists units and periods whose opening pipeline and movements do not give the closing one (C4).
select org_unit_id, period_type, period_start, scope, difference_amount, difference_count
from {{ ref('mart_pipeline_movement') }}
where difference_amount <> 0
    or difference_count <> 0
