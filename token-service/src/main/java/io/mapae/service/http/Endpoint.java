package io.mapae.service.http;

import io.mapae.service.StoreException;

/** What is done at a path; its name says at which. */
@FunctionalInterface
interface Endpoint {
    Reply answer(Exchange exchange) throws StoreException, RefusedException;
}
