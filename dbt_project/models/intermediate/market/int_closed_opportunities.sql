{{ config(materialized='view') }}

with closed as (

    select
        *,
        {{ dbt.datediff('created_on', 'closed_on', 'day') }} as cycle_days
    from {{ ref('int_opportunities') }}
    where status in ('won', 'lost', 'excluded')

)

select * from closed
