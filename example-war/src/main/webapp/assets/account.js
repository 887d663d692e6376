/** Login, profile, logout and passwords: the forms, and who is logged in. */
import {byId, el, put, time, word} from './dom.js';
import {decode} from './mapae-client.js';
import {checked, on, say, show} from './outcome.js';

/** The form to log in, or with another issuer to use a token of that. */
export function createEntry(client, {external, accounts, services}) {
  const entry = byId(external ? 'paste' : 'login');

  on('login-form', 'submit', async () => {
    const renewed = byId('new-password');
    const more = {device: device(), newPassword: renewed.value || undefined};
    try {
      await client.login(byId('username').value, byId('password').value, more);
    } catch (failure) {
      if (failure.code === 'password_change_required') {
        byId('renewed').hidden = false;
        Object.assign(renewed, {disabled: false, required: true}).focus();
      } else {
        byId('password').select();
      }
      throw failure;
    }
  }, byId('login-error'));

  on('paste-form', 'submit', async () => {
    const token = byId('token').value.trim();
    byId('token').value = '';
    try {
      decode(token);
    } catch {
      return put(byId('paste-error'), 'inspector.noJwt');
    }
    await checked(await show(token, services.profile));
    client.use(token);
  }, byId('paste-error'));

  byId('accounts').hidden = accounts.length === 0;
  byId('account-list').replaceChildren(...accounts.map(({name, password, note}) => el('li', {},
    el('button', {type: 'button', click: () => fill(name, password)}, word('span', 'login.fill', {name})),
    ' ', el('code', {}, `${name} / ${password}`), ...(note ? [` · ${note}`] : []))));

  function fill(name, password) {
    byId('username').value = name;
    byId('password').value = password;
    entry.querySelector('form button').focus();
  }

  return {
    open(focus) {
      entry.hidden = false;
      if (focus) byId(external ? 'token' : 'username').focus();
    },
    close() {
      entry.hidden = true;
      entry.querySelector('form').reset();
      byId('renewed').hidden = byId('new-password').disabled = true;
    },
  };
}

/** Who is logged in, until when, and how to end it. */
export function createAccount(client, {services, external}) {
  const countdown = byId('countdown');

  setInterval(() => {
    const {loggedIn, expiresAt} = client.state;
    if (!loggedIn) return;
    const left = Math.ceil((expiresAt - Date.now()) / 1000);
    if (left > 0) {
      delete countdown.dataset.t;
      countdown.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
    } else if (!countdown.dataset.t) {
      put(countdown, external ? 'account.over' : 'account.expired');
      if (external) byId('paste').hidden = false;
    }
  }, 250);

  on('refresh', 'click', async () => {
    if (await client.refresh()) say('account.refreshed');
  });
  on('logout', 'click', () => client.logout());
  on('logout-everywhere', 'click', () => client.logout({everywhere: true}));
  on('change-form', 'submit', async ({target}) => {
    await client.changePassword(byId('change-old').value, byId('change-new').value).catch((failure) => {
      if (failure.code === 'wrong_credentials') failure.code = 'wrong_password';
      throw failure;
    });
    target.reset();
    byId('change').open = false;
    byId('change').querySelector('summary').focus();
    say('change.done');
  }, byId('change-error'));

  return {
    /** @returns what the server says of the caller */
    async open({name}) {
      put(byId('account-title'), 'account.title', {name: name ?? '?'});
      byId('change-user').value = name ?? '';
      const profile = await (await checked(await client.fetch(services.profile, {cache: 'no-store'}))).json();
      const rows = {name: profile.name, issuer: profile.issuer, roles: profile.roles.join(', ') || '—',
        scopes: profile.scopes.join(', ') || '—', expires: time(profile.expiresAt)};
      put(byId('account-title'), 'account.title', {name: profile.name});
      byId('profile').replaceChildren(...Object.entries(rows).flatMap(([key, value]) =>
        [word('dt', `profile.${key}`), el('dd', {}, value)]));
      return profile;
    },
    /** The same caller with another token. */
    renewed({expiresAt}) {
      byId('profile').querySelector('dd:last-child')?.replaceChildren(time(expiresAt));
    },
    close() {
      byId('profile').replaceChildren();
      byId('change-form').reset();
      byId('change').open = false;
    },
  };
}

/** What the list of sessions shows: a guess, for its owner. */
function device() {
  const first = (names) => names.find((name) => navigator.userAgent.includes(name)) ?? '';
  const browser = first(['Edg', 'OPR', 'Firefox', 'Chrome', 'Safari']);
  const system = first(['Android', 'iPhone', 'iPad', 'Windows', 'Mac OS X', 'CrOS', 'Linux']);
  return `${{Edg: 'Edge', OPR: 'Opera'}[browser] ?? browser} ${system}`.trim();
}
