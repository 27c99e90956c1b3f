"""The contracts are Open Data Contract Standard documents, and our reader finds what they say."""

import pytest
from open_data_contract_standard.model import OpenDataContractStandard

from expectations.contract import CONTRACTS, contracts


@pytest.mark.parametrize("path", sorted(CONTRACTS.glob("*.yml")), ids=lambda path: path.stem)
def test_a_contract_is_one_of_the_standard(path) -> None:
    standard = OpenDataContractStandard.from_file(str(path))
    ours = contracts()[path.stem]
    properties = standard.schema_[0].properties
    assert [prop.name for prop in properties] == [field.name for field in ours.fields]
    assert [prop.name for prop in properties if prop.required] == [
        field.name for field in ours.fields if field.required
    ]
    assert {prop.name for prop in properties if prop.primaryKey} == set(ours.key)
    assert all(prop.description and prop.businessName for prop in properties)
