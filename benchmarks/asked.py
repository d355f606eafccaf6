"""What every tool is asked, in the same words: the events there are, the steps of the funnel, the spans."""

from __future__ import annotations

NAMES = (
    "session_start", "list_view", "filter_used", "site_search", "product_view", "add_to_cart", "checkout_start",
    "order_paid", "shipped", "delivered", "review_submitted", "return_requested", "refund_paid", "support_chat",
    "newsletter", "loyalty_joined", "referral_shared", "size_help_open", "wishlist_add", "account_page",
)  # fmt: skip
STEPS = ("list_view", "product_view", "add_to_cart", "order_paid")
WITHIN_DAYS = 30
GAP_DAYS = 7
COLUMNS = 10
GOAL = "order_paid"
