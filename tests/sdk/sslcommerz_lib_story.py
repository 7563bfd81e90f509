"""A shop that is built on the official sslcommerz-lib, unmodified, lives through a payment and a refund at the sandbox."""

from sslcommerz_lib import SSLCOMMERZ

from wire import check, pay, store

base_url, store_id, store_passwd = store()

shop = SSLCOMMERZ({"store_id": store_id, "store_pass": store_passwd, "issandbox": True})
shop.createSessionUrl = f"{base_url}/gwprocess/v4/api.php"
shop.validation_url = f"{base_url}/validator/api/validationserverAPI.php"
shop.transaction_url = f"{base_url}/validator/api/merchantTransIDvalidationAPI.php"

opened = shop.createSession(
    {
        "total_amount": 69,
        "currency": "BDT",
        "tran_id": "8b0b3c7e-0d6c-4f66-8d1c-0b1d9a1c2f11",
        "success_url": "http://shop.example/success",
        "fail_url": "http://shop.example/fail",
        "cancel_url": "http://shop.example/cancel",
        "emi_option": 0,
        "cus_name": "রহিমা বেগম",
        "cus_email": "rahima@example.com",
        "cus_phone": "01700000000",
        "cus_add1": "House 1 & 2, Road 3",
        "cus_city": "Dhaka",
        "cus_country": "Bangladesh",
        "shipping_method": "NO",
        "multi_card_name": "",
        "num_of_item": 1,
        "product_name": "Tea",
        "product_category": "Groceries",
        "product_profile": "general",
        "value_a": "ref বাংলা + more",
    }
)
check(opened["status"] == "SUCCESS", "a session opens", opened)
check(opened["GatewayPageURL"].startswith(base_url), "its page is the sandbox's", opened)
answer = shop.transaction_query_session(opened["sessionkey"])
check(answer["status"] == "PENDING", "an open page is pending", answer)

posted = pay(base_url, opened["sessionkey"])
check(shop.hash_validate_ipn(posted) is True, "the posted form is signed as the official library computes it", posted)
check(shop.hash_validate_ipn({**posted, "value_a": "ref"}) is False, "a touched form is not", posted)
check(posted["value_a"] == "ref বাংলা + more", "what the shop put in comes back", posted)

first = shop.validationTransactionOrder(posted["val_id"])
check(first["status"] == "VALID" and first["APIConnect"] == "DONE", "validation says VALID", first)
again = shop.validationTransactionOrder(posted["val_id"])
check(again["status"] == "VALIDATED", "validation says VALIDATED from then on", again)
check((first["currency_amount"], first["store_amount"]) == ("69.00", "67.28"), "amounts are as seen", first)
invented = shop.validationTransactionOrder("invented")
check(invented["status"] == "INVALID_TRANSACTION", "an invented charge is none", invented)

answer = shop.transaction_query_session(opened["sessionkey"])
check(answer["val_id"] == posted["val_id"], "the query by session knows it", answer)
answer = shop.transaction_query_tranid("8b0b3c7e-0d6c-4f66-8d1c-0b1d9a1c2f11")
check([it["status"] for it in answer["element"]] == ["VALIDATED"], "the query by tran_id knows it", answer)

refund = shop.init_refund(posted["bank_tran_id"], "69.00", "Returned")
check(refund["status"] == "success", "a refund is accepted", refund)
answers = [shop.query_refund_status(refund["refund_ref_id"])["status"] for _ in range(2)]
check(answers == ["processing", "refunded"], "the refund is under way, then paid back", answers)
answer = shop.query_refund_status("59bd63fea5455")
check(answer["errorReason"] == "Unknown Refund Ref ID", "an invented refund is none", answer)
