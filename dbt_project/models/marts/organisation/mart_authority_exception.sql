with approvals as (

    select
        *,
        kind in ('discount', 'price') as is_share,
        case when kind in ('discount', 'price') then discount_rate else amount end as asked
    from {{ ref('stg_approvals') }}
    where decision = 'approved' and approved_on <= {{ as_of() }}

),

limits as (

    select
        *,
        case when kind in ('discount', 'price') then limit_rate else limit_amount end as allowed
    from {{ source('rulebook', 'authority_limits') }}

),

-- Who approves by two posts may do what the more generous one allows.
authority as (

    select
        approvals.approval_id,
        limits.rule_id,
        limits.is_unlimited,
        limits.allowed,
        posts.org_unit_id
    from approvals
    inner join {{ ref('int_posts') }} as posts
        on approvals.approved_by_employee_id = posts.employee_id
        and approvals.approved_on >= posts.valid_from
        and approvals.approved_on < posts.valid_to
    inner join limits
        on approvals.kind = limits.kind
        and {{ in_force('limits', 'approvals.approved_on') }}
        and {{ held_by('limits', 'posts') }}
    qualify row_number() over (
        partition by approvals.approval_id
        order by limits.is_unlimited desc, limits.allowed desc nulls last, limits.rule_id, posts.org_unit_id
    ) = 1

),

ruled as (

    select distinct approvals.approval_id
    from approvals
    inner join limits
        on approvals.kind = limits.kind
        and {{ in_force('limits', 'approvals.approved_on') }}

),

judged as (

    select
        approvals.*,
        authority.rule_id,
        authority.allowed,
        case when approvals.asked > authority.allowed then approvals.asked - authority.allowed
            when approvals.asked <= authority.allowed then 0 end as excess,
        coalesce(authority.org_unit_id, sellers.org_unit_id, 'unassigned') as org_unit_id,
        case
            when approvals.requested_by_employee_id = approvals.approved_by_employee_id then 'self_approved'
            when authority.approval_id is null then 'no_authority'
            when not authority.is_unlimited and approvals.asked > authority.allowed then 'beyond_authority'
        end as problem
    from approvals
    inner join ruled
        on approvals.approval_id = ruled.approval_id
    left join authority
        on approvals.approval_id = authority.approval_id
    left join {{ ref('int_seller_units') }} as sellers
        on approvals.approved_by_employee_id = sellers.employee_id
        and approvals.approved_on >= sellers.valid_from
        and approvals.approved_on < sellers.valid_to

),

-- Where several sign, one with the authority is enough.
signed as (

    select distinct kind, document_id from judged
    where problem is null and document_id is not null

),

final as (

    select
        judged.approval_id,
        judged.kind,
        judged.document_id,
        judged.approved_on,
        judged.requested_by_employee_id,
        judged.approved_by_employee_id,
        judged.org_unit_id,
        judged.problem,
        judged.rule_id,
        cast(case when judged.is_share then judged.asked end as decimal(18, 6)) as asked_rate,
        cast(case when judged.is_share then judged.allowed end as decimal(18, 6)) as allowed_rate,
        cast(case when judged.is_share then judged.excess end as decimal(18, 6)) as excess_rate,
        {{ money('case when not judged.is_share then judged.asked end') }} as asked_amount,
        {{ money('case when not judged.is_share then judged.allowed end') }} as allowed_amount,
        {{ money('case when not judged.is_share then judged.excess end') }} as excess_amount,
        judged._file,
        judged._line
    from judged
    left join signed
        on judged.kind = signed.kind
        and judged.document_id = signed.document_id
    where judged.problem is not null
        and signed.document_id is null

)

select * from final
