/** What became of it, said in one line that screen readers read out. */
import {AuthError} from './mapae-client.js';
import {byId, put} from './dom.js';
import {messages} from './messages.js';

const SHOWN_MS = 12_000;
let ending;

/** The API's refusal of a request. */
class Refused extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

/** @returns the response, if it is a good one */
export async function checked(response) {
  if (!response.ok) {
    const {detail, problem, title} = await response.json().catch(() => ({}));
    throw new Refused(response.status, detail ?? problem ?? title ?? response.statusText);
  }
  return response;
}

/** Sends a token that is not, or not yet, the page's own. */
export const show = (token, url) =>
  fetch(url, {headers: {Authorization: `Bearer ${token}`}, cache: 'no-store', credentials: 'omit'});

export function say(key, values, bad = false) {
  const outcome = byId('outcome');
  clearTimeout(ending);
  outcome.classList.toggle('bad', bad);
  put(outcome, key, values);
  ending = setTimeout(() => {
    delete outcome.dataset.t;
    outcome.textContent = '';
  }, SHOWN_MS);
}

/** The key of a text, and its values. */
export function explained(failure) {
  if (failure instanceof AuthError) {
    const {code, description, retryAfter: seconds = '?'} = failure;
    const key = [description, code, 'other'].map((name) => `error.${name}`).find((name) => name in messages.en);
    return [key, {seconds, what: description ?? code}];
  }
  if (failure instanceof Refused) {
    return ['error.http', {status: failure.status, detail: failure.message}];
  }
  return ['error.network', {}];
}

export function sayFailure(failure) {
  const isKnown = failure.status === 401 && byId('outcome').dataset.t === 'logout.ended';
  if (!isKnown) say(...explained(failure), true);
}

/** Attempts it when that happens to the element. */
export const on = (id, event, work, alert) => byId(id).addEventListener(event, attempt(work, alert));

/** A listener that does one thing at a time and says what went wrong, beside the form if that has a place for it. */
export function attempt(work, alert) {
  let busy = false;
  return async (event) => {
    event?.preventDefault();
    if (busy) return;
    busy = true;
    if (alert) {
      delete alert.dataset.t;
      alert.textContent = '';
    }
    try {
      await work(event);
    } catch (failure) {
      if (alert) put(alert, ...explained(failure));
      else sayFailure(failure);
    } finally {
      busy = false;
    }
  };
}
