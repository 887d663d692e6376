/** The example's page: asks where things are, finds the session that there may be, and shows what goes with it. */
import {createAccount, createEntry} from './account.js';
import {createBoard} from './board.js';
import {byId, chooseLanguage} from './dom.js';
import {createInspector} from './inspector.js';
import {createClient} from './mapae-client.js';
import {say, sayFailure} from './outcome.js';
import {createSessions} from './sessions.js';

const SERVICES = {
  auth: 'auth/',
  profile: 'api/profile',
  boards: ['api/boards'],
  events: 'api/board-events',
  socket: 'api/board-socket',
};

chooseLanguage();
const config = await configuration();
const client = createClient({
  auth: config.external ? undefined : config.services.auth,
  origins: [config.services.profile, ...config.services.boards],
  onChange,
});
const entry = createEntry(client, config);
const account = createAccount(client, config);
const board = createBoard(client, config);
const sessions = createSessions(client);
const inspector = config.demo ? createInspector(client, config) : undefined;
let shown; // who, with which roles and scopes
let found = false; // whether it is known if there is a session

for (const part of document.querySelectorAll('.service')) {
  part.hidden = config.external;
}
inspector?.allow(false);
if (!config.external) {
  await client.refresh().catch(sayFailure);
}
found = true;
if (!client.state.loggedIn) {
  entry.open(false);
}

addEventListener('pageshow', ({persisted}) => {
  if (persisted && !config.external) client.refresh().catch(sayFailure); // it may have slept through a logout
});

/** Only a demonstration has it; its places may be of other origins. */
async function configuration() {
  const plain = {demo: false, external: false, accounts: [], services: SERVICES};
  try {
    const response = await fetch('demo/config', {cache: 'no-store'});
    const {external = false, accounts = [], services} = response.ok ? await response.json() : {};
    return response.ok ? {demo: true, external, accounts, services: {...SERVICES, ...services}} : plain;
  } catch {
    return plain;
  }
}

function onChange(state, why, elsewhere) {
  inspector?.allow(state.loggedIn);
  if (state.loggedIn) {
    enter(state, why, elsewhere);
  } else {
    leave(why, elsewhere);
  }
}

function enter(state, why, elsewhere) {
  const who = JSON.stringify([state.name, state.roles, state.scopes]);
  if (why === 'refresh' && who === shown) return account.renewed(state);
  const wasOut = shown === undefined;
  shown = who;
  if (found && (wasOut || why === 'login')) say('login.done', {name: state.name ?? '?'});
  entry.close();
  byId('member').hidden = false;
  if (found && wasOut && !elsewhere) byId('account-title').focus();
  load(state, who);
}

/** Parts fail on their own. */
async function load(state, who) {
  if (!config.external) sessions.open().catch(sayFailure);
  // with another issuer only the server knows where roles are in a token
  const profile = await account.open(state).catch((failure) => {
    sayFailure(failure);
    return state;
  });
  if (shown === who) board.open(profile).catch(sayFailure);
}

function leave(why, elsewhere) {
  shown = undefined;
  for (const part of [account, board, sessions]) part.close();
  inspector?.close();
  byId('member').hidden = true;
  entry.open(!elsewhere);
  say(elsewhere && why === 'logout' ? 'logout.elsewhere' : `logout.${why}`, {}, why === 'ended');
}
