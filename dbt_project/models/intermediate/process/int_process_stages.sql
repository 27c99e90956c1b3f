{{ config(materialized='view') }}

select stage, stage_order, next_stage, status, name_zh, name_en, max_days, probability
from {{ source('rulebook', 'process_stages') }} as stages
where {{ in_force('stages', as_of()) }}
