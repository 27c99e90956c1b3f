select * from {{ ref('int_unit_days') }}
union all
select * from {{ ref('int_unit_shifts') }}
