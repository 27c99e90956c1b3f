"""Fixture W1: one ledger of March 2025 that gives anything from 38 % to 127 %, by the rate one names."""

TABLES = {
    "invoices": [
        {"invoice_id": i, "customer_id": c, "invoiced_on": d, "due_on": due, "gross_amount": gross, "net_amount": net}
        for i, c, d, due, gross, net in (
            ("I1", "C1", "2024-12-15", "2025-01-14", 113_000, 100_000),
            ("I2", "C1", "2025-02-10", "2025-03-12", 56_500, 50_000),
            ("I3", "C2", "2025-03-05", "2025-04-04", 226_000, 200_000),
            ("I4", "C2", "2025-01-20", "2025-03-06", 90_400, 80_000),
            ("I5", "C3", "2025-03-18", "2025-05-17", 33_900, 30_000),
        )
    ],
    "receipts": [
        {"receipt_id": r, "customer_id": c, "received_on": d, "amount": amount, "kind": kind}
        for r, c, d, amount, kind in (
            ("R1", "C1", "2025-01-20", 60_000, None),
            ("R2", "C1", "2025-03-10", 30_000, "receipt"),
            ("R3", "C1", "2025-03-12", 56_500, "receipt"),
            ("R4", "C2", "2025-03-28", 100_000, "receipt"),
            ("R5", "C4", "2025-03-20", 50_000, "advance"),
            ("R6", "C1", "2025-03-15", 5_000, "deposit"),
        )
    ],
    "receipt_applications": [
        {"application_id": f"A{r}", "receipt_id": r, "invoice_id": i, "applied_on": d, "amount": amount}
        for r, i, d, amount in (
            ("R1", "I1", "2025-01-20", 60_000),
            ("R2", "I1", "2025-03-10", 30_000),
            ("R3", "I2", "2025-03-12", 56_500),
            ("R4", "I3", "2025-03-28", 100_000),
        )
    ],
    "credit_notes": [
        {
            "credit_note_id": "N1",
            "invoice_id": "I5",
            "customer_id": "C3",
            "credited_on": "2025-03-25",
            "net_amount": 10_000,
            "gross_amount": 11_300,
        }
    ],
    "write_offs": [{"write_off_id": "W1", "invoice_id": "I4", "written_off_on": "2025-03-31", "amount": 10_400}],
}
RULEBOOK = {
    "collection": [
        {
            "id": "w1",
            "effective": {"from": "2020-01-01"},
            "headline": "due_in_period",
            "ageing": {"edges": [0, 30, 60, 90, 180], "provision": ["0.5%", "2.2%", "2.7%", "4.5%", "10%", "50%"]},
        }
    ]
}
