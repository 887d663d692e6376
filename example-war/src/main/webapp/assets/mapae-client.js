/**
 * Login, refresh and logout with Mapae's token service, for pages in several tabs. The access token is in memory only, the
 * refresh token in a cookie that no script can read. Plain ES module, no dependencies, no DOM.
 */

const TIMEOUT_MS = 15_000; // whoever refreshes keeps all other tabs waiting
const [NEWS_MS, LATE_NEWS_MS] = [150, 10]; // a lock may be free before the message of its holder is here

export class AuthError extends Error {
  /**
   * Why the service did not do it, or could not be asked.
   * @param {string} code wrong_credentials, throttled, password_change_required, unavailable, network, or the service's own
   *     error, such as invalid_request or not_found
   * @param {{status?: number, retryAfter?: number, description?: string, cause?: unknown}} [details] retryAfter in seconds
   */
  constructor(code, {status, retryAfter, description, cause} = {}) {
    super(description ? `${code}: ${description}` : code, {cause});
    Object.assign(this, {name: 'AuthError', code, status, retryAfter, description});
  }
}

/**
 * Reads a JWT for display: nothing is verified. Throws a SyntaxError, which quotes nothing of the token.
 * @param {string} token
 * @returns {{header: object, claims: object}}
 */
export function decode(token) {
  try {
    const parts = token.trim().split('.');
    const [header, claims] = [parts[0], parts[1]].map((part) => {
      const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
      return {...JSON.parse(new TextDecoder('utf-8', {fatal: true}).decode(bytes))};
    });
    return {header, claims};
  } catch {
    throw new SyntaxError('not a JWT');
  }
}

/** @typedef {{loggedIn: boolean, name?: string, roles: string[], scopes: string[], expiresAt?: number}} State */

/**
 * @param {object} options
 * @param {string} [options.auth] where the service is, relative to the page; without it there are only tokens from elsewhere
 * @param {(state: State, why: string, elsewhere: boolean) => void} [options.onChange] why: login, refresh, logout, or ended by
 *     the service; elsewhere: in another tab
 * @param {string[]} [options.origins] that get the token besides the page's and the service's, as origins or URLs
 * @param {typeof globalThis.fetch} [options.fetch]
 * @param {LockManager} [options.locks] without them, as in old browsers, the service's grace has to do for tabs that race
 * @param {string} [options.base] the page's URL
 */
export function createClient({
  auth,
  onChange,
  origins = [],
  fetch: send = (...request) => globalThis.fetch(...request),
  locks = globalThis.navigator?.locks,
  base = globalThis.document?.baseURI,
}) {
  const service = auth && new URL(auth.replace(/\/?$/, '/'), base);
  const trusted = new Set([base, service, ...origins].filter(Boolean).map((url) => new URL(url, base).origin));
  const name = `mapae-refresh ${service}`; // several applications may have one origin
  const channel = service && globalThis.BroadcastChannel ? new BroadcastChannel(name) : undefined;
  const listeners = new Set(onChange ? [onChange] : []);
  let [token, state] = [undefined, describe()];
  let [refreshing, heard] = [];
  if (channel) channel.onmessage = ({data}) => (become(data.token, data.expiresAt, data.why, true), heard?.());

  function become(next, expiresAt, why, elsewhere = false) {
    state = describe(next, expiresAt);
    token = next;
    for (const listener of [...listeners]) listener(state, why, elsewhere);
  }

  /** Tabs share the cookie, so that they have one session or none; a token in memory is as safe in one as in another. */
  function tell(next, expiresAt, why) {
    channel?.postMessage({token: next, expiresAt, why});
    become(next, expiresAt, why);
  }

  /** Runs while no other tab does; work hears whether it had to wait. */
  async function alone(work) {
    if (!locks) return work(false);
    const done = await locks.request(name, {ifAvailable: true}, async (lock) => lock && {value: await work(false)});
    return done ? done.value : locks.request(name, () => work(true));
  }

  /** Asks the service: gives its JSON, or throws an AuthError. */
  async function ask(path, form, {by = authorized, ...more} = {}) {
    const init = {method: 'POST', credentials: 'include', cache: 'no-store', redirect: 'error', ...more};
    init.signal = AbortSignal.timeout(TIMEOUT_MS);
    if (form) init.body = new URLSearchParams(Object.entries(form).filter(([, value]) => value));
    try {
      const response = await by(new URL(path, service), init);
      if (!response.ok) throw refusal(response, await response.json().catch(() => ({}))); // a proxy may answer instead
      return response.status === 204 ? {} : await response.json();
    } catch (failure) {
      throw failure instanceof AuthError ? failure : new AuthError('network', {cause: failure});
    }
  }

  /** Asks for a token; what it gives takes it. */
  async function begin(path, form, why) {
    const asked = Date.now(); // the browser's clock may be wrong: what counts is how long from now
    const answer = await ask(path, form, {by: send});
    return () => tell(answer.access_token, asked + answer.expires_in * 1000, why);
  }

  async function renew(refused, waited) {
    const isOld = () => token !== refused; // another tab was faster, or has logged out
    const patience = waited ? NEWS_MS : LATE_NEWS_MS;
    if (locks && !isOld()) await new Promise((resolve) => void setTimeout((heard = resolve), patience));
    if (isOld()) return Boolean(token);
    const take = await begin('refresh', {}, 'refresh').catch((failure) => {
      if (failure.status !== 400) throw failure; // it says nothing of the session
    });
    if (!isOld() && take) take();
    else if (!isOld() && refused) tell(undefined, undefined, 'ended');
    return Boolean(token);
  }

  /** All callers of this tab share one refresh. */
  function refresh() {
    const refused = token;
    refreshing ??= alone((waited) => renew(refused, waited)).finally(() => (refreshing = undefined));
    return refreshing;
  }

  async function authorized(url, init = {}) {
    const target = new URL(url, base);
    if (!trusted.has(target.origin)) throw new TypeError(`the token is not for ${target.origin}`);
    const [sent, sender] = [token, state.name];
    const response = await send(target, bearing(sent, init));
    if (response.status !== 401 || !sent || !service || init.body instanceof ReadableStream) return response;
    const again = token === sent ? await refresh() : Boolean(token);
    // not in the name of somebody else, who has logged in in another tab
    return again && state.name === sender ? send(target, bearing(token, init)) : response;
  }

  async function end(path) {
    try {
      await ask(path, undefined, {by: (url, init) => send(url, bearing(token, init))});
      tell(undefined, undefined, 'logout');
    } catch (failure) {
      if (failure.status === 401) tell(undefined, undefined, 'ended');
      throw failure;
    }
  }

  return {
    /** @returns {State} by the token itself: for display, the server decides */
    get state() {
      return state;
    },
    /** @param {{device?: string, newPassword?: string, scope?: string}} [more] newPassword replaces the password */
    login: (username, password, {device, newPassword, scope} = {}) => alone(async () =>
      (await begin('login', {username, password, device, scope, new_password: newPassword}, 'login'))()),
    /** Like fetch of a URL, with the token; after a 401 one refresh and one more try, unless the body is a stream. */
    fetch: authorized,
    /** @returns {Promise<boolean>} whether there is a session, also after a reload; an AuthError leaves all as it is */
    refresh,
    /** Ends this session, or all of the account. If it fails, the session goes on. */
    logout: async ({everywhere = false} = {}) => service
      ? alone(() => end(everywhere ? 'logout?everywhere=true' : 'logout'))
      : become(undefined, undefined, 'logout'),
    /** @returns {Promise<{id: string, device: string, created: string, last_used: string, current: boolean}[]>} */
    sessions: async () => (await ask('sessions', undefined, {method: 'GET'})).sessions,
    endSession: (id) => ask(`sessions/${encodeURIComponent(id)}`, undefined, {method: 'DELETE'}),
    /** Ends all other sessions. */
    changePassword: (old, renewed) => ask('password', {password: old, new_password: renewed}),
    /** @returns {Promise<string>} good for one request to that path of the application, within seconds */
    ticket: async (path) => (await ask('ticket', {path})).ticket,
    /** Takes a token from elsewhere, for this tab, until it ends. */
    use: (other) => become(other.trim(), decode(other).claims.exp * 1000, 'login'),
    /** Lends the token to a function, for what fetch cannot do: it must neither keep nor show it. */
    lend: (borrower) => borrower(token),
    subscribe: (listener) => (listeners.add(listener), () => void listeners.delete(listener)),
    close: () => channel?.close(),
  };
}

function bearing(token, init) {
  const headers = new Headers(init.headers);
  if (token) headers.set('Authorization', `Bearer ${token}`);
  return {redirect: 'error', ...init, headers};
}

function describe(token, expiresAt) {
  if (!token) return {loggedIn: false, roles: [], scopes: []};
  const {sub: name, groups = [], scope = ''} = decode(token).claims;
  return {loggedIn: true, name, roles: [groups].flat(), scopes: String(scope).split(' ').filter(Boolean), expiresAt};
}

function refusal({status, headers}, {error, error_description: description}) {
  const codes = {429: 'throttled', 502: 'unavailable', 503: 'unavailable', 504: 'unavailable'};
  const code = codes[status] ?? (error === 'invalid_grant' ? 'wrong_credentials' : (error ?? `http_${status}`));
  const after = headers.get('Retry-After'); // seconds, or a date
  const seconds = Number(after ?? NaN) || Math.ceil((Date.parse(after) - Date.now()) / 1000) || 0;
  return new AuthError(code, {status, retryAfter: after ? Math.max(0, seconds) : undefined, description});
}
