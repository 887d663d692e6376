import assert from 'node:assert/strict';
import {afterEach, test} from 'node:test';
import {AuthError, createClient, decode} from '../../main/webapp/assets/mapae-client.js';

const BASE = 'https://app.example/shop/index.html';
const API = 'https://app.example/shop/api/profile';

const clients = [];
afterEach(() => clients.splice(0).forEach((client) => client.close()));

/** A service with one session, and an API that knows the tokens of the service. Hooks decide before it does. */
function server() {
  const world = {calls: [], good: new Set(), session: undefined, issued: 0, hooks: {}, expiresIn: 600};
  const answers = {
    'auth/login': (form) => {
      if (form.get('password') !== 'right') return problem(400, 'invalid_grant');
      world.session = form.get('username');
      return issue();
    },
    'auth/refresh': () => (world.session ? issue() : problem(400, 'invalid_request')),
    'auth/logout': () => end(),
    'auth/logout?everywhere=true': () => end(),
    'auth/sessions': (_, bearer) => (world.good.has(bearer) ? json(200, {sessions: [{id: 's1'}]}) : problem(401, 'invalid_token')),
    'auth/ticket': (form) => json(200, {ticket: `for ${form.get('path')}`, expires_in: 29}),
    'auth/password': () => new Response(null, {status: 204}),
    'api/profile': (_, bearer) => (world.good.has(bearer) ? json(200, {name: 'alice'}) : problem(401, 'none')),
  };

  function issue() {
    const token = jwt({sub: world.session, scope: 'read write', groups: ['user'], jti: String(++world.issued)});
    world.good = new Set([token]);
    return json(200, {access_token: token, token_type: 'Bearer', expires_in: world.expiresIn, scope: 'read write'});
  }

  function end() {
    world.session = undefined;
    world.good.clear();
    return new Response(null, {status: 204});
  }

  world.expire = () => world.good.clear();
  world.count = (path) => world.calls.filter((call) => call.path === path).length;
  world.fetch = async (url, init = {}) => {
    const path = String(url).replace('https://app.example/shop/', '');
    const bearer = new Headers(init.headers).get('Authorization')?.replace('Bearer ', '');
    world.calls.push({path, bearer, init});
    await new Promise((resolve) => setTimeout(resolve, 5));
    return world.hooks[path]?.() ?? answers[path](init.body, bearer);
  };
  return world;
}

/** Web Locks, exclusive ones only: first come, first served. */
function webLocks() {
  const tails = new Map();
  const held = new Map();
  return {
    async request(name, options, work = options) {
      if (options.ifAvailable && held.get(name)) return work(null);
      held.set(name, (held.get(name) ?? 0) + 1);
      const turn = (tails.get(name) ?? Promise.resolve()).then(() => work({name}));
      tails.set(name, turn.catch(() => {}));
      return turn.finally(() => held.set(name, held.get(name) - 1));
    },
  };
}

function tab(world, options = {}) {
  const heard = [];
  const onChange = (state, why, elsewhere) => heard.push(elsewhere ? `${why} elsewhere` : why);
  const client = createClient({auth: 'auth', base: BASE, fetch: world.fetch, locks: null, onChange, ...options});
  clients.push(client);
  return Object.assign(client, {heard});
}

async function loggedIn(world, options) {
  const client = tab(world, options);
  await client.login('alice', 'right');
  return client;
}

async function twoTabs(world) {
  const locks = webLocks();
  const [first, second] = [tab(world, {locks}), tab(world, {locks})];
  await first.login('alice', 'right');
  await until(() => second.state.loggedIn);
  return [first, second];
}

async function until(condition) {
  for (let tries = 0; !condition(); tries++) {
    assert.ok(tries < 200, `not within a second: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const base64url = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims) => `${base64url({alg: 'RS256', typ: 'at+jwt'})}.${base64url(claims)}.c2ln`;
const json = (status, body, headers) => new Response(JSON.stringify(body), {status, headers});
const problem = (status, error, headers) => json(status, {error}, headers);

test('login gives a state, and sends no empty fields', async () => {
  const world = server();
  const before = Date.now();
  const client = await loggedIn(world);

  assert.equal(client.state.name, 'alice');
  assert.deepEqual(client.state.roles, ['user']);
  assert.deepEqual(client.state.scopes, ['read', 'write']);
  assert.ok(client.state.expiresAt >= before + 600_000 && client.state.expiresAt <= Date.now() + 600_000);
  assert.deepEqual(client.heard, ['login']);
  const {init} = world.calls[0];
  assert.equal(String(init.body), 'username=alice&password=right');
  assert.equal(init.credentials, 'include');
});

test('a login may bring a new password and a device', async () => {
  const world = server();
  await tab(world).login('alice', 'right', {newPassword: 'another', device: 'laptop'});

  assert.equal(String(world.calls[0].init.body), 'username=alice&password=right&device=laptop&new_password=another');
});

for (const [what, response, expected] of [
  ['a wrong password', () => problem(400, 'invalid_grant'), {code: 'wrong_credentials', status: 400}],
  ['throttled', () => problem(429, 'slow_down', {'Retry-After': '17'}), {code: 'throttled', retryAfter: 17}],
  ['a password to change', () => problem(403, 'password_change_required'), {code: 'password_change_required'}],
  ['no store', () => problem(503, 'temporarily_unavailable', {'Retry-After': '1'}), {code: 'unavailable', retryAfter: 1}],
  ['a proxy', () => new Response('<h1>Bad gateway</h1>', {status: 502}), {code: 'unavailable', retryAfter: undefined}],
  ['no network', () => Promise.reject(new TypeError('fetch failed')), {code: 'network', status: undefined}],
  ['not JSON', () => new Response('<h1>Log in to this WLAN</h1>'), {code: 'network'}],
  [
    'too short a password',
    () => json(400, {error: 'invalid_request', error_description: 'too short'}),
    {code: 'invalid_request', description: 'too short'},
  ],
  ['another site', () => problem(403, 'access_denied'), {code: 'access_denied'}],
  ['something else', () => new Response(null, {status: 500}), {code: 'http_500'}],
]) {
  test(`login tells of ${what}`, async () => {
    const world = server();
    world.hooks['auth/login'] = response;
    const client = tab(world);

    await assert.rejects(client.login('alice', 'right'), (error) => {
      assert.ok(error instanceof AuthError);
      for (const [key, value] of Object.entries(expected)) assert.equal(error[key], value, key);
      return true;
    });
    assert.equal(client.state.loggedIn, false);
    assert.deepEqual(client.heard, []);
  });
}

test('Retry-After may be a date', async () => {
  const world = server();
  const date = new Date(Date.now() + 30_000).toUTCString();
  world.hooks['auth/login'] = () => problem(429, 'slow_down', {'Retry-After': date});

  await assert.rejects(tab(world).login('alice', 'right'), ({retryAfter}) => retryAfter > 27 && retryAfter <= 31);
});

test('a request carries the token, also beside headers of its own', async () => {
  const world = server();
  const client = await loggedIn(world);
  const response = await client.fetch('api/profile', {headers: {Accept: 'application/json'}});

  assert.equal(response.status, 200);
  assert.equal(new Headers(world.calls[1].init.headers).get('Accept'), 'application/json');
});

test('after a 401 there is one refresh and one more try', async () => {
  const world = server();
  const client = await loggedIn(world);
  world.expire();
  const response = await client.fetch(API);

  assert.equal(response.status, 200);
  assert.deepEqual(world.calls.map(({path}) => path), ['auth/login', 'api/profile', 'auth/refresh', 'api/profile']);
  assert.deepEqual(client.heard, ['login', 'refresh']);
});

test('a second 401 is the answer', async () => {
  const world = server();
  const client = await loggedIn(world);
  world.hooks['api/profile'] = () => problem(401, 'revoked');
  const response = await client.fetch(API);

  assert.equal(response.status, 401);
  assert.equal(world.count('api/profile'), 2);
  assert.equal(world.count('auth/refresh'), 1);
  assert.equal(client.state.loggedIn, true);
});

test('without a token a 401 is the answer', async () => {
  const world = server();
  assert.equal((await tab(world).fetch(API)).status, 401);
  assert.deepEqual(world.calls.map(({path}) => path), ['api/profile']);
});

for (const status of [200, 403, 429, 503]) {
  test(`${status} causes no refresh`, async () => {
    const world = server();
    const client = await loggedIn(world);
    world.hooks['api/profile'] = () => json(status, {});

    assert.equal((await client.fetch(API)).status, status);
    assert.deepEqual(world.calls.map(({path}) => path), ['auth/login', 'api/profile']);
  });
}

test('a stream is not sent twice', async () => {
  const world = server();
  const client = await loggedIn(world);
  world.expire();
  const response = await client.fetch(API, {method: 'POST', body: new Blob(['text']).stream(), duplex: 'half'});

  assert.equal(response.status, 401);
  assert.equal(world.count('api/profile'), 1);
});

test('parallel 401s cause one refresh', async () => {
  const world = server();
  const client = await loggedIn(world);
  world.expire();
  const responses = await Promise.all([client.fetch(API), client.fetch(API), client.sessions(), client.fetch(API)]);

  assert.deepEqual(responses.map(({status}) => status), [200, 200, undefined, 200]);
  assert.equal(world.count('auth/refresh'), 1);
});

test('a 401 that arrives after the refresh causes no other', async () => {
  const world = server();
  const client = await loggedIn(world);
  let late;
  world.hooks['api/profile'] = () => {
    world.hooks['api/profile'] = undefined;
    return new Promise((resolve) => (late = () => resolve(problem(401, 'expired'))));
  };
  const slow = client.fetch(API);
  await until(() => late);
  world.expire();
  await client.fetch(API);
  late();

  assert.equal((await slow).status, 200);
  assert.equal(world.count('auth/refresh'), 1);
});

test('the token goes to no other origin', async () => {
  const world = server();
  const client = await loggedIn(world);

  await assert.rejects(client.fetch('https://evil.example/api'), TypeError);
  assert.equal(world.calls.length, 1);
});

test('the token goes to an origin that is named', async () => {
  const world = server();
  const client = await loggedIn(world, {origins: ['https://api.example/boards']});
  world.hooks['https://api.example/boards'] = () => json(200, {});
  await client.fetch('https://api.example/boards');

  assert.match(world.calls[1].bearer, /^ey/);
});

test('a refresh that is refused logs out', async () => {
  const world = server();
  const client = await loggedIn(world);
  world.expire();
  world.session = undefined;
  const response = await client.fetch(API);

  assert.equal(response.status, 401);
  assert.equal(world.count('api/profile'), 1);
  assert.deepEqual(client.state, {loggedIn: false, roles: [], scopes: []});
  assert.deepEqual(client.heard, ['login', 'ended']);
});

for (const [what, response, code] of [
  ['no network', () => Promise.reject(new TypeError('fetch failed')), 'network'],
  ['503', () => problem(503, 'temporarily_unavailable'), 'unavailable'],
  ['429', () => problem(429, 'slow_down'), 'throttled'],
]) {
  test(`a refresh with ${what} keeps the session`, async () => {
    const world = server();
    const client = await loggedIn(world);
    world.expire();
    world.hooks['auth/refresh'] = response;

    await assert.rejects(client.fetch(API), {code});
    assert.equal(client.state.loggedIn, true);
    world.hooks = {};
    assert.equal((await client.fetch(API)).status, 200);
  });
}

test('a request without network is an error, and keeps the session', async () => {
  const world = server();
  const client = await loggedIn(world);
  world.hooks['api/profile'] = () => Promise.reject(new TypeError('fetch failed'));

  await assert.rejects(client.fetch(API), TypeError);
  assert.equal(client.state.loggedIn, true);
  assert.equal(world.count('auth/refresh'), 0);
});

test('after a reload a refresh finds the session', async () => {
  const world = server();
  world.session = 'alice';
  const client = tab(world);

  assert.equal(await client.refresh(), true);
  assert.equal(client.state.name, 'alice');
});

test('without a session a refresh is no change', async () => {
  const client = tab(server());

  assert.equal(await client.refresh(), false);
  assert.deepEqual(client.heard, []);
});

test('two tabs share a login, and one refresh', async () => {
  const world = server();
  const [first, second] = await twoTabs(world);
  world.expire();
  const responses = await Promise.all([first.fetch(API), second.fetch(API), first.fetch(API), second.fetch(API)]);

  assert.deepEqual(responses.map(({status}) => status), [200, 200, 200, 200]);
  assert.equal(world.count('auth/refresh'), 1);
  assert.deepEqual(second.heard, ['login elsewhere', 'refresh elsewhere']);
});

test('two tabs that are opened together share one refresh', async () => {
  const world = server();
  world.session = 'alice';
  const locks = webLocks();
  const found = await Promise.all([tab(world, {locks}).refresh(), tab(world, {locks}).refresh()]);

  assert.deepEqual(found, [true, true]);
  assert.equal(world.count('auth/refresh'), 1);
});

test('a refresh is heard of by who asks right after it', async () => {
  const world = server();
  const [first, second] = await twoTabs(world);
  await first.refresh();

  assert.equal(await second.refresh(), true);
  assert.equal(world.count('auth/refresh'), 1);
});

test('a tab asks itself if the one before it failed', async () => {
  const world = server();
  const [first, second] = await twoTabs(world);
  world.expire();
  world.hooks['auth/refresh'] = () => {
    world.hooks = {};
    return problem(503, 'temporarily_unavailable');
  };
  const [one, other] = await Promise.allSettled([first.fetch(API), second.fetch(API)]);

  assert.equal(one.reason.code, 'unavailable');
  assert.equal(other.value.status, 200);
});

test('no request is repeated in the name of another account', async () => {
  const world = server();
  const [first, second] = await twoTabs(world);
  let late;
  world.hooks['api/profile'] = () => {
    world.hooks = {};
    return new Promise((resolve) => (late = () => resolve(problem(401, 'expired'))));
  };
  const slow = first.fetch(API, {method: 'POST', body: 'by alice'});
  await until(() => late);
  await second.login('bob', 'right');
  await until(() => first.state.name === 'bob');
  late();

  assert.equal((await slow).status, 401);
  assert.equal(world.count('api/profile'), 1);
});

for (const everywhere of [false, true]) {
  test(`a logout ${everywhere ? 'everywhere' : 'here'} reaches the other tab`, async () => {
    const world = server();
    const [first, second] = await twoTabs(world);
    await first.logout({everywhere});

    await until(() => !second.state.loggedIn);
    assert.equal(first.state.loggedIn, false);
    assert.equal(second.heard.at(-1), 'logout elsewhere');
    assert.equal(world.calls.at(-1).path, everywhere ? 'auth/logout?everywhere=true' : 'auth/logout');
  });
}

test('applications of one origin do not hear each other', async () => {
  const world = server();
  const other = tab(world, {auth: '/another/auth/'});
  await loggedIn(world);
  await new Promise((resolve) => setTimeout(resolve, 50));

  assert.deepEqual(other.heard, []);
});

test('a logout that fails keeps the session', async () => {
  const world = server();
  const client = await loggedIn(world);
  world.hooks['auth/logout'] = () => problem(503, 'temporarily_unavailable');

  await assert.rejects(client.logout(), {code: 'unavailable'});
  assert.equal(client.state.loggedIn, true);
});

test('a logout everywhere of nobody ends the session here, and fails', async () => {
  const world = server();
  const client = await loggedIn(world);
  world.hooks['auth/logout?everywhere=true'] = () => problem(401, 'invalid_token');

  await assert.rejects(client.logout({everywhere: true}), {code: 'invalid_token'});
  assert.deepEqual(client.heard, ['login', 'ended']);
});

test('a logout is not undone by a refresh under way, without locks too', async () => {
  const world = server();
  const client = await loggedIn(world);
  let late;
  world.hooks['auth/refresh'] = () =>
    new Promise((resolve) => (late = () => resolve(json(200, {access_token: jwt({sub: 'alice'}), expires_in: 600}))));
  const refreshing = client.refresh();
  await until(() => late);
  await client.logout();
  late();

  assert.equal(await refreshing, false);
  assert.equal(client.state.loggedIn, false);
});

test('sessions, tickets and passwords are asked for with the token, and after a 401 again', async () => {
  const world = server();
  const client = await loggedIn(world);
  world.expire();

  assert.deepEqual(await client.sessions(), [{id: 's1'}]);
  assert.equal(await client.ticket('/api/board-events'), 'for /api/board-events');
  await client.changePassword('right', 'another one');
  assert.equal(String(world.calls.at(-1).init.body), 'password=right&new_password=another+one');
  world.hooks['auth/sessions/a%2Fb'] = () => problem(404, 'not_found');
  await assert.rejects(client.endSession('a/b'), {code: 'not_found'});
  assert.equal(world.calls.at(-1).init.method, 'DELETE');
});

test('a token from elsewhere is used, and not refreshed', async () => {
  const world = server();
  const client = tab(world, {auth: undefined});
  client.use(jwt({sub: 'carol', exp: 1_800_000_000}));

  assert.equal(client.state.name, 'carol');
  assert.equal(client.state.expiresAt, 1_800_000_000_000);
  assert.equal((await client.fetch(API)).status, 401);
  assert.deepEqual(world.calls.map(({path}) => path), ['api/profile']);
  await client.logout();
  assert.equal(client.state.loggedIn, false);
});

test('a subscriber hears until it unsubscribes', async () => {
  const client = tab(server());
  const heard = [];
  const unsubscribe = client.subscribe((state, why) => heard.push(why));
  await client.login('alice', 'right');
  unsubscribe();
  await client.refresh();

  assert.deepEqual(heard, ['login']);
});

test('the token is nowhere in the client', async () => {
  const world = server();
  const client = await loggedIn(world);

  assert.equal(client.lend((token) => world.good.has(token)), true);
  assert.doesNotMatch(JSON.stringify({...client, state: client.state}), /eyJ/);
});

test('decodes text beyond ASCII', () => {
  assert.deepEqual(decode(jwt({sub: '마패', 'ÿ?>': 'ûï'})).claims, {sub: '마패', 'ÿ?>': 'ûï'});
});

for (const bad of ['', 'a', 'a.b.c', 'eyJ9', base64url({}), `${base64url({})}.%%.x`, `${base64url({})}./w.x`]) {
  test(`does not decode "${bad}", and does not quote it`, () => {
    assert.throws(() => decode(bad), {name: 'SyntaxError', message: 'not a JWT'});
  });
}
