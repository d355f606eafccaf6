"""The demo shop: a jewellery webshop whose every rate is known, so that what is measured can be checked."""
