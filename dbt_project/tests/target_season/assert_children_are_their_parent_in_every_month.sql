select parents.target_year, parents.split_by, parents.metric, parents.owner_id, parents.period_label,
    parents.target_value, sum(children.target_value) as of_children
from {{ ref('mart_target_decomposition') }} as parents
inner join {{ ref('mart_target_decomposition') }} as children
    on parents.target_year = children.target_year and parents.split_by = children.split_by
    and parents.metric = children.metric and parents.month_of_year = children.month_of_year
    and parents.owner_id = children.parent_owner_id
group by all
having parents.target_value <> sum(children.target_value)
