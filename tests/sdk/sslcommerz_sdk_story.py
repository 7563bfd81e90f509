"""A shop that is built on sslcommerz-sdk, unmodified, lives through a payment and a refund at the sandbox."""

import json
from decimal import Decimal
from types import SimpleNamespace

from sslcommerz_sdk.enums import TransactionStatus
from sslcommerz_sdk.exceptions import InvalidPaymentException, SslcommerzAPIException
from sslcommerz_sdk.handlers import PaymentHandler
from sslcommerz_sdk.orm_adapters.base import AbstractORMAdapter
from sslcommerz_sdk.store import SslcommerzStore
from sslcommerz_sdk.store_providers import SingleStoreProvider

from wire import check, pay, store

base_url, store_id, store_passwd = store()


class Memory(AbstractORMAdapter):
    """Keeps sessions in a dictionary, where a real shop has a database."""

    def __init__(self):
        self.kept = {}

    def create_session_instance(self, model, **kwargs):
        return model(**{"status": TransactionStatus.PENDING, **kwargs})

    def get_session_instance_by_pk(self, model, pk):
        return self.kept.get(pk)

    def get_session_instance_iterator(self, model, tran_id, status_list):
        return (it for it in self.kept.values() if it.tran_id == tran_id and it.status in status_list)

    def save_session_instance(self, model, instance, **kwargs):
        self.kept[instance.id] = instance


ORDER = dict(
    currency="BDT",
    total_amount=Decimal("1234.50"),
    cus_name="রহিমা বেগম",
    cus_email="rahima@example.com",
    cus_add1="House 1 & 2, Road 3",
    cus_city="Dhaka",
    cus_postcode="1205",
    cus_country="Bangladesh",
    cus_phone="01700000000",
    success_url="http://shop.example/success",
    fail_url="http://shop.example/fail",
    cancel_url="http://shop.example/cancel",
)

shop = SslcommerzStore(store_id=store_id, store_passwd=store_passwd, base_url=base_url)
handler = PaymentHandler(SimpleNamespace, Memory(), SingleStoreProvider(shop))

# A name of 36 characters, as shops with uuids send it.
session, created = handler.get_or_create_session(shop, tran_id="7d0d1f6e-4a0e-4b5c-9a43-5a1f6c1d2e3f", **ORDER)
check(created and session.redirect_url.startswith(base_url), "a session opens on a page of the sandbox", session)
answer = shop.query_transaction_by_sessionkey(session.sessionkey)
check(answer["status"] == TransactionStatus.PENDING, "an open page is pending", answer)

posted = pay(base_url, session.sessionkey)
verified, now = handler.verify_transaction(payload=dict(posted))
check(now and verified.status == TransactionStatus.VALID, "the posted form is signed", verified)
check(json.loads(verified.validation_response)["status"] == "VALID", "validation says VALID", verified)
again = shop.validate_transaction(posted["val_id"])
check(again["status"] == "VALIDATED", "validation says VALIDATED from then on", again)
check(again["currency_amount"] == "1234.50", "the amount is the order's", again)

touched = {**posted, "amount": "1.00"}
try:
    shop.validate_ipn_payload({**touched, "original": touched})
    check(False, "a touched form is refused", touched)
except InvalidPaymentException:
    check(True, "a touched form is refused")

answer = shop.query_transaction_by_sessionkey(session.sessionkey)
check(answer["status"] == "VALIDATED", "the query by session knows it", answer)
answer = shop.query_transaction_by_tran_id(session.tran_id)
element = answer["element"][0]
check(answer["no_of_trans_found"] == "1" and element["val_id"] == posted["val_id"], "the query by tran_id knows it", answer)

refund = shop.init_refund(posted["bank_tran_id"], "1000.00", "Returned")
check(refund["status"] == "success", "a refund is accepted", refund)
answer = shop.init_refund(posted["bank_tran_id"], "234.51", "Returned")
check(answer["status"] == "failed", "more than the rest is refused", answer)
answers = [shop.query_refund_status(refund["refund_ref_id"])["status"] for _ in range(2)]
check(answers == ["processing", "refunded"], "the refund is under way, then paid back", answers)

wrong = SslcommerzStore(store_id=store_id, store_passwd="wrong", base_url=base_url)
try:
    wrong.create_session(tran_id="T2", **ORDER)
    check(False, "a wrong password is refused")
except SslcommerzAPIException as error:
    check("Store Credential Error" in str(error), "a wrong password is refused", error)
