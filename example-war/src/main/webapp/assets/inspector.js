/** What is in a token, what the server checks, and what it says to bad ones. No token is put into the page. */
import {decode} from './mapae-client.js';
import {byId, el, put, time, word} from './dom.js';
import {attempt, checked, on, say, show} from './outcome.js';

const TIMES = ['exp', 'iat', 'nbf', 'auth_time'];
const FIELDS = ['www-authenticate', 'retry-after', 'content-type', 'cache-control', 'x-content-type-options', 'vary'];
const json = (body) => ({
  method: 'POST',
  headers: {'Content-Type': 'application/json', 'Accept-Language': document.documentElement.lang},
  body: JSON.stringify(body),
  cache: 'no-store',
});

export function createInspector(client, {services}) {
  function close() {
    byId('findings').hidden = true;
    byId('findings-body').replaceChildren();
  }

  function report(title, ...content) {
    put(byId('findings-title'), title);
    byId('findings-body').replaceChildren(...content);
    byId('findings').hidden = false;
    byId('findings').focus();
  }

  async function inspect(token, title) {
    close();
    report(title, ...decoded(token), ...(await checks(token)));
  }

  async function challenge(kind, title) {
    close();
    const {token} = await (await checked(await client.fetch('demo/hostile', json({kind})))).json();
    const response = await show(token, services.profile);
    report(title, ...(await answer(response)), ...(await checks(token)), ...decoded(token));
    say('hostile.outcome', {status: response.status});
  }

  byId('inspector').hidden = false;
  on('inspect-current', 'click', () => client.lend((token) => inspect(token, 'inspector.ofCurrent')));
  on('inspect-form', 'submit', () => inspect(byId('pasted').value.trim(), 'inspector.pasted'));
  for (const button of byId('hostile').querySelectorAll('button')) {
    button.addEventListener('click', attempt(() => challenge(button.dataset.kind, button.dataset.t)));
  }

  return {
    /** What needs a token can be used while there is one. */
    allow(loggedIn) {
      for (const button of [byId('inspect-current'), ...byId('hostile').querySelectorAll('button')]) {
        button.disabled = !loggedIn;
      }
    },
    close,
  };
}

function decoded(token) {
  try {
    const {header, claims} = decode(token);
    return [word('h4', 'inspector.header'), table(header), word('h4', 'inspector.claims'), table(claims)];
  } catch {
    return [word('p', 'inspector.noJwt', {}, {class: 'error'})];
  }
}

function table(members) {
  return el('dl', {}, ...Object.entries(members).flatMap(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    const readable = TIMES.includes(name) && Number.isFinite(value) ? [' · ', time(value * 1000)] : [];
    return [el('dt', {}, el('code', {}, name)), el('dd', {}, text, ...readable)];
  }));
}

async function checks(token) {
  const response = await checked(await fetch('demo/inspect', json({token})));
  const {verdict, checks: all} = await response.json();
  return [
    word('h4', 'inspector.checks'),
    word('p', 'inspector.verdict', {verdict}, {class: verdict === 'ACCEPTED' ? 'pass' : 'fail'}),
    el('ol', {}, ...all.map(({check, result, detail}) => el('li', {},
      el('strong', {class: result}, {pass: '✓ ', fail: '✗ '}[result] ?? '– ', word('span', `inspector.${result}`)),
      ` ${check}`, ...(detail ? [`: ${detail}`] : [])))),
  ];
}

async function answer(response) {
  const fields = FIELDS.filter((name) => response.headers.has(name));
  return [
    word('h4', 'inspector.answer'),
    el('p', {}, el('strong', {class: response.ok ? 'pass' : 'fail'}, `HTTP ${response.status} ${response.statusText}`)),
    el('dl', {}, ...fields.flatMap((name) => [el('dt', {}, el('code', {}, name)), el('dd', {}, response.headers.get(name))])),
    el('pre', {}, (await response.text()) || '—'),
  ];
}
